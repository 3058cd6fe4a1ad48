package dev.melancia.scorer;

import dev.melancia.text.Sentences;
import java.util.List;

/**
 * The share of the answer's sentences that the sources support: the passages that the subject reports, else the question's
 * context. A sentence in doubt counts in part. Questions, repetitions and what only restates the question are no
 * sentences. A subject that reports that it found nothing has no support for what it asserts. Not applicable where sources
 * are neither reported nor given, for a refusal, and for an answer that asserts nothing. Immutable.
 */
final class Groundedness implements Scorer {

    /** Of a refusal, whatever the question. */
    static final Score OF_A_REFUSAL = Score.notApplicable("the answer is a refusal");

    @Override
    public String name() {
        return "groundedness";
    }

    @Override
    public String measures() {
        return "Share of the answer's sentences that the given sources support, sentence by sentence";
    }

    @Override
    public String blindTo() {
        return "whether the answer replies to the question (pasting a source scores 1), who does what to whom, conclusions"
                + " drawn from sentences far apart, and true statements that the sources lack";
    }

    @Override
    public String agreement() {
        return "AUC 0.964 [0.928, 0.991] for telling 63 right sentences on their own FaQuAD context from the same on"
                + " another one or with a number changed (95 % bootstrap over questions); people did not label them";
    }

    @Override
    public Score score(Question question, Answer answer) {
        if (sources(question, answer).isEmpty() && answer.passages().isEmpty()) {
            return Score.notApplicable("neither the subject nor the question gives source texts");
        }
        if (References.refuses(question, answer)) {
            return OF_A_REFUSAL;
        }
        List<SentenceSupport> sentences = sentences(question, answer);
        return sentences.isEmpty()
                ? Score.notApplicable("the answer asserts nothing beyond the question")
                : Score.of(sentences.stream()
                        .mapToDouble(SentenceSupport::support)
                        .average()
                        .orElseThrow());
    }

    /** Sentence by sentence; empty when sources are neither reported nor given, or nothing is asserted. */
    static List<SentenceSupport> sentences(Question question, Answer answer) {
        List<String> sources = sources(question, answer);
        if (sources.isEmpty()) {
            return answer.passages().isEmpty() ? List.of() : unsupported(question, answer);
        }
        SourceText source = SourceText.of(sources, Terms.of(question.text()));
        return Claims.of(question, answer).stream().map(source::support).toList();
    }

    private static List<SentenceSupport> unsupported(Question question, Answer answer) {
        return Claims.of(question, answer).stream()
                .map(claim -> new SentenceSupport(claim.text(), 0, "the subject reports no source text"))
                .toList();
    }

    private static List<String> sources(Question question, Answer answer) {
        List<String> texts =
                answer.passages().orElseGet(() -> question.context().stream().toList());
        return texts.stream().filter(text -> !Sentences.of(text).isEmpty()).toList();
    }
}

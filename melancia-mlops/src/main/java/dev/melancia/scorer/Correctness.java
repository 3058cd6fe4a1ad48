package dev.melancia.scorer;

import dev.melancia.text.PortugueseWords;
import dev.melancia.text.Sentences;
import java.util.List;

/**
 * Whether a free-form answer is right, judged by its best reference and the question: a full sentence that restates the
 * question scores like the bare reference, and a span of the same text that is about something else scores low. Immutable.
 */
final class Correctness implements Scorer {

    /** What unrelated words can earn. */
    private static final double CHANCE = .05;

    @Override
    public String name() {
        return "correctness";
    }

    @Override
    public String measures() {
        return "How surely the answer says what the best reference says in reply to the question";
    }

    @Override
    public String blindTo() {
        return "synonyms that share no stem, who does what to whom, and right facts that no reference has";
    }

    @Override
    public String agreement() {
        return Agreement.onFaquadAnswers("0.980 [0.968, 0.990]");
    }

    @Override
    public Score score(Question question, Answer answer) {
        return References.settled(question, answer).orElseGet(() -> judged(question, answer));
    }

    private static Score judged(Question question, Answer answer) {
        List<Terms> references = question.references().stream()
                .map(Terms::of)
                .filter(reference -> !reference.isEmpty())
                .toList();
        if (references.isEmpty()) {
            return Score.notApplicable("no reference contains a word");
        }
        List<String> asked = PortugueseWords.of(question.text());
        Terms said = Terms.of(References.once(References.withoutEcho(PortugueseWords.of(answer.text()), asked)));
        double best = new KeyComparison(
                        Terms.of(asked), said, references, Topic.of(question), affirms(question, answer, said))
                .best();
        return Score.of(Math.max(0, (best - CHANCE) / (1 - CHANCE)));
    }

    /** Whether the question's words are said as a statement; a question mark is what tells it from the question. */
    private static boolean affirms(Question question, Answer answer, Terms said) {
        Terms asked = Terms.of(question.text());
        boolean marked = question.text().strip().endsWith("?");
        return said.deniesNothing()
                && (said.touches(asked)
                        || (marked
                                && Sentences.of(answer.text()).stream()
                                        .anyMatch(sentence -> !sentence.endsWith("?")
                                                && Terms.of(sentence).touches(asked))));
    }
}

package dev.melancia.scorer;

import dev.melancia.text.PortugueseWords;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The rules that every comparison with a reference shares: not applicable without an answer to compare with, the best
 * over the references, nothing for a refusal, nothing for repeating the question.
 */
final class Similarity {

    private Similarity() {}

    /** How alike two lists of words are, in [0, 1]. */
    @FunctionalInterface
    interface Measure {
        double of(List<String> answer, List<String> reference);
    }

    static Score best(Question question, Answer answer, Measure measure) {
        if (!question.isAnswerable()) {
            return Score.notApplicable("the question has no answer");
        }
        if (question.references().isEmpty()) {
            return Score.notApplicable("the question has no reference");
        }
        if (Refusal.is(answer.text()) && question.references().stream().noneMatch(Refusal::is)) {
            return Score.of(0);
        }
        List<String> words = withoutEcho(PortugueseWords.of(answer.text()), PortugueseWords.of(question.text()));
        OptionalDouble best = question.references().stream()
                .map(PortugueseWords::of)
                .filter(reference -> !reference.isEmpty())
                .mapToDouble(reference -> words.isEmpty() ? 0 : measure.of(words, reference))
                .max();
        return best.isPresent() ? Score.of(best.getAsDouble()) : Score.notApplicable("no reference contains a word");
    }

    /** The answer without verbatim repetitions of the question, which would earn overlap for nothing. */
    private static List<String> withoutEcho(List<String> answer, List<String> question) {
        List<String> rest = answer;
        int at = echo(rest, question);
        while (at >= 0) {
            List<String> shorter = new ArrayList<>(rest.subList(0, at));
            shorter.addAll(rest.subList(at + question.size(), rest.size()));
            rest = shorter;
            at = echo(rest, question);
        }
        return rest;
    }

    private static int echo(List<String> words, List<String> question) {
        return question.isEmpty() ? -1 : Collections.indexOfSubList(words, question);
    }
}

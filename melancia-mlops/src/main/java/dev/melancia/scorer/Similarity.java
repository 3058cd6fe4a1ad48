package dev.melancia.scorer;

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
        List<String> words =
                PortugueseWords.withoutEcho(PortugueseWords.of(answer.text()), PortugueseWords.of(question.text()));
        OptionalDouble best = question.references().stream()
                .map(PortugueseWords::of)
                .filter(reference -> !reference.isEmpty())
                .mapToDouble(reference -> words.isEmpty() ? 0 : measure.of(words, reference))
                .max();
        return best.isPresent() ? Score.of(best.getAsDouble()) : Score.notApplicable("no reference contains a word");
    }
}

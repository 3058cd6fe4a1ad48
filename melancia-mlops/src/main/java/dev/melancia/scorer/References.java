package dev.melancia.scorer;

import dev.melancia.text.PortugueseWords;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The rules that every comparison with a reference shares: not applicable without an answer to compare with, the best
 * over the references, nothing for a refusal, nothing for repeating the question.
 */
final class References {

    private References() {}

    /** How alike two lists of words are, in [0, 1]; neither is empty. */
    @FunctionalInterface
    interface Measure {
        double of(List<String> answer, List<String> reference);
    }

    /** Why nothing can be compared, or the 0 of a refusal; else empty. */
    static Optional<Score> settled(Question question, Answer answer) {
        if (!question.isAnswerable()) {
            return Optional.of(Score.notApplicable("the question has no answer"));
        }
        if (question.references().isEmpty()) {
            return Optional.of(Score.notApplicable("the question has no reference"));
        }
        boolean refused =
                Refusal.is(answer.text()) && question.references().stream().noneMatch(Refusal::is);
        return refused ? Optional.of(Score.of(0)) : Optional.empty();
    }

    static Score best(Question question, Answer answer, Measure measure) {
        return settled(question, answer).orElseGet(() -> compared(question, answer, measure));
    }

    private static Score compared(Question question, Answer answer, Measure measure) {
        List<String> words = withoutEcho(PortugueseWords.of(answer.text()), PortugueseWords.of(question.text()));
        OptionalDouble best = question.references().stream()
                .map(PortugueseWords::of)
                .filter(reference -> !reference.isEmpty())
                .mapToDouble(reference -> words.isEmpty() ? 0 : measure.of(words, reference))
                .max();
        return best.isPresent() ? Score.of(best.getAsDouble()) : Score.notApplicable("no reference contains a word");
    }

    /** The answer without verbatim repetitions of the question, which would earn overlap for nothing. */
    static List<String> withoutEcho(List<String> answer, List<String> question) {
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

    /** What is said, once, where the same words are said twice over. */
    static List<String> once(List<String> words) {
        int half = words.size() / 2;
        boolean twice = half > 0
                && words.size() == 2 * half
                && words.subList(0, half).equals(words.subList(half, words.size()));
        return twice ? once(words.subList(0, half)) : words;
    }

    private static int echo(List<String> words, List<String> question) {
        return question.isEmpty() ? -1 : Collections.indexOfSubList(words, question);
    }
}

package dev.melancia.scorer;

import dev.melancia.text.PortugueseWords;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The rules that every comparison with a reference shares: not applicable without an answer to compare with, the best
 * over the references, nothing for a refusal, nothing for repeating the question.
 */
final class References {

    /** From this overlap with a reference on, a text is taken for the reference. */
    private static final double MOST = .5;

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
        return refuses(question, answer) ? Optional.of(Score.of(0)) : Optional.empty();
    }

    /** Whether the answer refuses a question that has an answer, and does not say that answer all the same. */
    static boolean refuses(Question question, Answer answer) {
        return Refusal.is(answer.text())
                && question.references().stream()
                        .noneMatch(reference -> Refusal.is(reference) || says(answer.text(), reference));
    }

    /** Whether most words are the same, negations aside: what reads as a refusal may be a reference by chance. */
    private static boolean says(String text, String reference) {
        Set<String> said = affirmed(text);
        Set<String> wanted = affirmed(reference);
        Set<String> common = new HashSet<>(said);
        common.retainAll(wanted);
        return 2.0 * common.size() > MOST * (said.size() + wanted.size());
    }

    private static Set<String> affirmed(String text) {
        Set<String> words = new HashSet<>(PortugueseWords.of(text));
        words.removeIf(word -> PortugueseWords.isFunctionWord(word) || PortugueseWords.isNegation(word));
        return words;
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

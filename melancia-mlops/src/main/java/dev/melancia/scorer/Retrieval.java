package dev.melancia.scorer;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A figure of the sources that an answer names against those the question expects. Names are compared exactly, outer
 * white space aside, and a source that is named twice counts at its first place only. Immutable.
 *
 * <p>The figures are those of text retrieval, see C. D. Manning, P. Raghavan and H. Schütze, Introduction to Information
 * Retrieval, 2008, chapter 8, <a href="https://nlp.stanford.edu/IR-book/">text</a>.
 */
record Retrieval(String name, ScoreScale scale, String measures, String blindness, Figure figure) implements Scorer {

    /** From the distinct sources named, best first, and the distinct ones expected, at least one. */
    @FunctionalInterface
    interface Figure {
        double of(List<String> named, Set<String> expected);
    }

    private static final String SILENCE =
            "; answers that name no sources at all are left out, so a subject that names them only when sure is judged on"
                    + " fewer questions: compare n";

    static Retrieval hit(int first) {
        checkFirst(first);
        return new Retrieval(
                "source hit@" + first,
                ScoreScale.yesNoScale(),
                "1 when an expected source is among the first " + first + " of the answer, else 0",
                "whether the answer used the source, and all expected sources but the first found",
                (named, expected) -> found(named, expected, first) > 0 ? 1 : 0);
    }

    static Retrieval precision(int first) {
        checkFirst(first);
        return new Retrieval(
                "retrieval precision@" + first,
                ScoreScale.unit(),
                "Expected sources among the first " + first + " of the answer, divided by " + first,
                "their order, whether the answer used them, and that fewer expected sources than " + first
                        + " keep the best possible value below 1",
                (named, expected) -> (double) found(named, expected, first) / first);
    }

    static Retrieval recall(int first) {
        checkFirst(first);
        return new Retrieval(
                "retrieval recall@" + first,
                ScoreScale.unit(),
                "Share of the expected sources that are among the first " + first + " of the answer",
                "their order, and whether the answer used them",
                (named, expected) -> (double) found(named, expected, first) / expected.size());
    }

    static Retrieval reciprocalRank() {
        return new Retrieval(
                "reciprocal rank",
                ScoreScale.unit(),
                "1 / place of the first expected source, 0 when none is named; the mean over questions is the MRR",
                "all expected sources but the first found, and whether the answer used it",
                Retrieval::inverseRank);
    }

    @Override
    public String blindTo() {
        return blindness + SILENCE;
    }

    @Override
    public String agreement() {
        return "compares names, nothing to agree on";
    }

    @Override
    public Score score(Question question, Answer answer) {
        if (question.sources().isEmpty()) {
            return Score.notApplicable("the question expects no source");
        }
        if (answer.sources().isEmpty()) {
            return Score.notApplicable("the subject reports no sources");
        }
        Set<String> named = distinct(answer.sources().get());
        return Score.of(figure.of(List.copyOf(named), distinct(question.sources())));
    }

    private static Set<String> distinct(List<String> names) {
        Set<String> distinct = new LinkedHashSet<>();
        names.forEach(name -> distinct.add(name.strip()));
        return distinct;
    }

    private static long found(List<String> named, Set<String> expected, int first) {
        return named.stream().limit(first).filter(expected::contains).count();
    }

    private static double inverseRank(List<String> named, Set<String> expected) {
        Stream<Integer> ranks = expected.stream().map(named::indexOf).filter(at -> at >= 0);
        return ranks.min(Integer::compare).map(at -> 1.0 / (at + 1)).orElse(0.0);
    }

    private static void checkFirst(int first) {
        if (first < 1) {
            throw new IllegalArgumentException("first must be at least 1, was " + first);
        }
    }
}

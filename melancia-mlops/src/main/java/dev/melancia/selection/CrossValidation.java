package dev.melancia.selection;

import static java.util.Objects.requireNonNull;

import dev.melancia.scorer.Question;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Repeats a choice with one part of the questions held out in turn, and looks what the choice gets on the part that took
 * no part in it. Not for questions that were looked at while prompts were written by hand: no fold undoes that. Immutable.
 *
 * <p>What is estimated is the way of choosing, with {@code (k-1)/k} of the questions to choose on. Groups stay whole and
 * tags are spread ({@link Folds}). Repeats deal the folds anew and average each question's values; they steady the result
 * but are no more data. Sources: Stone 1974, <a href="https://doi.org/10.1111/j.2517-6161.1974.tb00994.x">doi</a>; why the
 * choice belongs inside the folds: Cawley and Talbot 2010, <a href="https://jmlr.org/papers/v11/cawley10a.html">JMLR 11</a>.
 *
 * @since 0.1.0
 */
public final class CrossValidation {

    private static final int MOST_REPEATS = 1000;

    private final int folds;
    private final int repeats;
    private final long seed;

    private CrossValidation(int folds, int repeats, long seed) {
        if (folds < 2) {
            throw new IllegalArgumentException("folds must be at least 2, was " + folds);
        }
        if (repeats < 1 || repeats > MOST_REPEATS) {
            throw new IllegalArgumentException("repeats must be in [1, " + MOST_REPEATS + "], was " + repeats);
        }
        this.folds = folds;
        this.repeats = repeats;
        this.seed = seed;
    }

    /**
     * A way to cross-validate.
     *
     * @param folds at least 2; 5 is a good number, with more the interval gets too narrow
     * @param repeats how often the folds are dealt anew, in [1, 1000]
     * @param seed of the folds; the same seed gives the same result
     */
    public static CrossValidation of(int folds, int repeats, long seed) {
        return new CrossValidation(folds, repeats, seed);
    }

    /**
     * Cross-validates a choice.
     *
     * @param questions with unique ids
     * @throws IllegalArgumentException when the questions have fewer groups than there are folds, or the fit cannot choose
     */
    public CrossValidated run(List<Question> questions, Fit fit) {
        requireNonNull(fit, "fit");
        List<Question> copy = List.copyOf(questions);
        Tally tally = new Tally();
        SplittableRandom seeds = new SplittableRandom(seed);
        for (int repeat = 0; repeat < repeats; repeat++) {
            Folds dealt = Folds.of(copy, folds, seeds.nextLong());
            tally.startRepeat();
            for (int fold = 0; fold < folds; fold++) {
                Fitted fitted = fit.on(dealt.others(fold));
                tally.add(fitted, dealt.fold(fold));
            }
        }
        return new CrossValidated(copy, fit, tally, folds);
    }

    /** Folds and repeats. */
    @Override
    public String toString() {
        return "CrossValidation[" + folds + " folds, " + repeats + " repeats]";
    }

    /** What came of the folds. Confined to one thread. */
    static final class Tally {

        private final Map<String, List<Double>> byQuestion = new LinkedHashMap<>();
        private final List<List<Double>> byRepeat = new ArrayList<>();
        private final Map<String, Integer> choices = new TreeMap<>();

        private void startRepeat() {
            byRepeat.add(new ArrayList<>());
        }

        private void add(Fitted fitted, List<Question> held) {
            choices.merge(fitted.choice(), 1, Integer::sum);
            for (Question question : held) {
                fitted.value(question).ifPresent(value -> {
                    byQuestion
                            .computeIfAbsent(question.id(), id -> new ArrayList<>())
                            .add(value);
                    byRepeat.get(byRepeat.size() - 1).add(value);
                });
            }
        }

        /** The mean of a question's values over the repeats. */
        OptionalDouble value(Question question) {
            return mean(byQuestion.getOrDefault(question.id(), List.of()));
        }

        /** The mean of each repeat that had a value. */
        double[] repeats() {
            return byRepeat.stream()
                    .map(Tally::mean)
                    .flatMapToDouble(OptionalDouble::stream)
                    .toArray();
        }

        Map<String, Integer> choices() {
            return choices;
        }

        private static OptionalDouble mean(List<Double> values) {
            return values.stream().mapToDouble(Double::doubleValue).average();
        }
    }
}

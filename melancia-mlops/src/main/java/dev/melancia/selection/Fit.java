package dev.melancia.selection;

import dev.melancia.scorer.Question;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Whatever is chosen or fitted on questions. Implement it for your own choice; it must look at nothing but the training
 * questions it is handed, or cross-validation proves nothing. Called from one thread.
 *
 * @since 0.1.0
 */
public interface Fit {

    /**
     * Chooses.
     *
     * @param training questions to choose on, at least one
     * @throws IllegalArgumentException when they do not suffice to choose
     */
    Fitted on(List<Question> training);

    /** Whether more of a {@link Fitted#value} is better; default true. */
    default boolean higherIsBetter() {
        return true;
    }

    /** The least value there can be; default no bound. With both bounds the interval of the result holds for fewer questions. */
    default double low() {
        return Double.NEGATIVE_INFINITY;
    }

    /** The greatest value there can be; default no bound. */
    default double high() {
        return Double.POSITIVE_INFINITY;
    }

    /**
     * The candidate with the best mean over the training questions for which it has a value; the first of equals.
     *
     * @param candidates at least one, all with the same better end
     */
    static Fit best(List<Candidate> candidates) {
        return new BestCandidate(candidates);
    }

    /**
     * A router's threshold: questions whose feature lies below it go to one candidate, all others to the other. The
     * threshold with the best mean over the training questions for which both have a value is taken, of equals the least;
     * it lies between two features seen, or beyond all.
     *
     * @param feature such as the number of words; finite
     */
    static Fit threshold(ToDoubleFunction<Question> feature, Candidate below, Candidate otherwise) {
        return new ThresholdFit(feature, below, otherwise);
    }

    /**
     * The best of several fits, told by a cross-validation inside the training questions; it is then fitted on all of them.
     * Compares what was fitted by what it is worth on questions that did not fit it.
     *
     * @param fits at least one, all with the same better end
     * @param folds of the inner cross-validation, at least 2
     * @param seed of the inner folds
     */
    static Fit bestOf(List<Fit> fits, int folds, long seed) {
        return new NestedFit(fits, folds, seed);
    }
}

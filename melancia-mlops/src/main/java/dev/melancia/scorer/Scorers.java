package dev.melancia.scorer;

import java.util.List;

/**
 * The scorers that come with the library. What each one measures, cannot see, and how well it agrees with people it says
 * itself ({@link Scorer#measures()}, {@link Scorer#blindTo()}, {@link Scorer#agreement()}). All are immutable and may be
 * shared between threads and benchmarks. For a scorer of your own implement {@link Scorer}.
 *
 * @since 0.1.0
 */
public final class Scorers {

    private static final int FIRST_SOURCES = 5;

    private Scorers() {}

    /** The scorers that need no model and apply to most datasets: token F1, trigram Dice, refusal correctness, source hit. */
    public static List<Scorer> standard() {
        return List.of(tokenF1(), trigramDice(), refusal(), sourceHit(FIRST_SOURCES));
    }

    /**
     * Word overlap with the best reference: harmonic mean of precision and recall, 0 to 1. Not for free-form answers, where
     * a good paraphrase scores low.
     */
    public static Scorer tokenF1() {
        return new TokenF1();
    }

    /** Likeness of spelling to the best reference, 0 to 1. Not for facts: a wrong number changes it little. */
    public static Scorer trigramDice() {
        return new TrigramDice();
    }

    /** 1 when an answerable question was answered or an unanswerable one refused, else 0. */
    public static Scorer refusal() {
        return new RefusalCorrectness();
    }

    /**
     * 1 when an expected source is among the first sources of the answer, else 0.
     *
     * @param first how many sources count, at least 1
     * @throws IllegalArgumentException when below 1
     */
    public static Scorer sourceHit(int first) {
        return new SourceHit(first);
    }
}

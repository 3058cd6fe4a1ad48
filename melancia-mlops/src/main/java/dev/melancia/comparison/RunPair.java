package dev.melancia.comparison;

import static java.util.Objects.requireNonNull;

import dev.melancia.stats.Interval;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Two runs tested on one metric. Immutable.
 *
 * @param first place of one run in the report, from 0
 * @param second place of the other run, above the first
 * @param test what was done, in English
 * @param n steps that both have a value for when {@code test} is a paired one, else the values of both together
 * @param difference mean of the first minus mean of the second; empty without a test
 * @param interval 95 % interval of the difference, not corrected for the number of tests; empty where it cannot be given
 * @param adjustedP two-sided, corrected by Holm's method over all tests of the report; empty without a test
 * @param obstacle why there is no test or no interval; may be empty
 * @since 0.1.0
 */
public record RunPair(
        int first,
        int second,
        Test test,
        int n,
        OptionalDouble difference,
        Optional<Interval> interval,
        OptionalDouble adjustedP,
        String obstacle) {

    private static final double ALPHA = .05;

    public RunPair {
        requireNonNull(test, "test");
    }

    /** How two runs were compared. */
    public enum Test {
        /** Step by step, by sign flips or McNemar's test; see {@link dev.melancia.stats.paired.PairedComparison}. */
        PAIRED("paired by step"),
        /** Independent values: Welch's t test, or Fisher's exact test for values that are all 0 or 1. */
        UNPAIRED("unpaired"),
        /** Not at all. */
        NONE("not tested");

        private final String words;

        Test(String words) {
            this.words = words;
        }

        /** The same in a few English words. */
        public String words() {
            return words;
        }
    }

    /** Whether a difference was shown: adjusted p below .05, and 0 not inside the interval where there is one. */
    public boolean shown() {
        return adjustedP.isPresent()
                && adjustedP.getAsDouble() < ALPHA
                && interval.map(found -> !found.contains(0)).orElse(true);
    }
}

package dev.melancia.stats.paired;

import dev.melancia.stats.Interval;
import dev.melancia.stats.ProportionEstimate;
import java.util.function.DoublePredicate;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The difference of two rates with its score interval, inside [-1, 1] and never empty at 0 or 1. Immutable.
 *
 * @param estimate first rate minus second rate
 * @param interval its confidence interval
 * @since 0.1.0
 */
public record RateDifference(double estimate, Interval interval) {

    private static final int HALVINGS = 200;

    /**
     * Rates of two subjects on the same questions. Tango's score interval: all differences d with {@code |b - c - nd| / sqrt(n
     * (2q + d(1-d))) <= z}, q the constrained maximum likelihood estimate of the chance that only the second passes. At d = 0 it
     * is McNemar's test without continuity correction. Assumes independent questions; any n ≥ 1. Source: Tango 1998, <a
     * href="https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8%3C891::AID-SIM780%3E3.0.CO;2-B">doi</a>.
     *
     * @param counts at least one question
     * @param level confidence level in (0, 1)
     */
    public static RateDifference paired(McNemar counts, double level) {
        if (counts.n() < 1) {
            throw new IllegalArgumentException("there must be at least one question, was " + counts.n());
        }
        double z = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - level) / 2);
        double estimate = (double) (counts.onlyFirst() - counts.onlySecond()) / counts.n();
        double low = boundary(estimate, -1, d -> score(counts, d) <= z);
        double high = boundary(estimate, 1, d -> score(counts, d) >= -z);
        return new RateDifference(estimate, new Interval(low, high, level));
    }

    /**
     * Rates of two subjects on different questions: {@code d - sqrt((p1 - l1)² + (u2 - p2)²)} to {@code d + sqrt((u1 - p1)² + (p2
     * - l2)²)}, l and u the ends of the two Wilson intervals. Assumes independent trials; any n ≥ 1. Source: Newcombe 1998,
     * method 10, <a href="https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8%3C873::AID-SIM779%3E3.0.CO;2-I">doi</a>.
     *
     * @param first at least one trial
     * @param second at least one trial, at the same level
     */
    public static RateDifference unpaired(ProportionEstimate first, ProportionEstimate second) {
        if (first.n() < 1 || second.n() < 1) {
            throw new IllegalArgumentException(
                    "both rates must have at least one trial, were " + first.n() + " and " + second.n());
        }
        if (first.level() != second.level()) {
            throw new IllegalArgumentException(
                    "both rates must have one level, were " + first.level() + " and " + second.level());
        }
        double p1 = first.rate().orElseThrow();
        double p2 = second.rate().orElseThrow();
        Interval one = first.interval().orElseThrow();
        Interval two = second.interval().orElseThrow();
        double low = p1 - p2 - Math.hypot(p1 - one.low(), two.high() - p2);
        double high = p1 - p2 + Math.hypot(one.high() - p1, p2 - two.low());
        return new RateDifference(p1 - p2, new Interval(Math.max(-1, low), Math.min(1, high), first.level()));
    }

    /** Where the score stops to be acceptable on the way from the estimate to the end. */
    private static double boundary(double estimate, double end, DoublePredicate acceptable) {
        if (acceptable.test(end)) {
            return end;
        }
        double inside = estimate;
        double outside = end;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = inside + (outside - inside) / 2;
            if (acceptable.test(middle)) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        return inside;
    }

    private static double score(McNemar counts, double d) {
        double n = counts.n();
        double b = counts.onlyFirst();
        double c = counts.onlySecond();
        double linear = -b - c + (2 * n - b + c) * d;
        double root = Math.sqrt(Math.max(0, linear * linear + 8 * n * c * d * (1 - d)));
        // Of the two ways to write the root the one that does not cancel.
        double q = linear <= 0 ? (root - linear) / (4 * n) : 2 * c * d * (1 - d) / (linear + root);
        double variance = n * (2 * Math.max(q, Math.max(0, -d)) + d * (1 - d));
        double distance = b - c - n * d;
        if (variance <= 0) {
            return distance == 0 ? 0 : Math.copySign(Double.POSITIVE_INFINITY, distance);
        }
        return distance / Math.sqrt(variance);
    }
}

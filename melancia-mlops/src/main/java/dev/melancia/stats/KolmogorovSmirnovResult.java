package dev.melancia.stats;

import java.util.OptionalInt;

/**
 * What a two-sample Kolmogorov-Smirnov test found: the distance, the p-value and how the p-value was computed. Immutable.
 *
 * @since 0.1.0
 */
public final class KolmogorovSmirnovResult {

    /** How a p-value was computed. */
    public enum Method {
        /** Exact: no value occurs twice. */
        EXACT,
        /** Exact given the ties: over all ways to deal the pooled values out to the two samples. */
        EXACT_WITH_TIES,
        /** Random deals of the pooled values, counted. */
        PERMUTATION,
        /** The limit for large samples; too large, never too small, where values are tied. */
        ASYMPTOTIC
    }

    private final KsDistance distance;
    private final Method method;
    private final double pValue;
    private final int permutations;

    KolmogorovSmirnovResult(KsDistance distance, Method method, double pValue, int permutations) {
        this.distance = distance;
        this.method = method;
        this.pValue = Math.min(1, pValue);
        this.permutations = permutations;
    }

    /** D in [0, 1]: the largest gap between the two samples' shares of values at or below any point. */
    public double statistic() {
        return Math.max(secondHigher(), secondLower());
    }

    /** The largest gap where the second sample lies higher (its share at or below a point is smaller), in [0, 1]. */
    public double secondHigher() {
        return distance.secondHigher() / distance.pairs();
    }

    /** The largest gap where the second sample lies lower, in [0, 1]. */
    public double secondLower() {
        return distance.secondLower() / distance.pairs();
    }

    /**
     * The chance of a D at least as large if both samples came from one distribution, in [0, 1]. Below about 1e-300 it is
     * 0.
     */
    public double pValue() {
        return pValue;
    }

    /** How the p-value was computed. */
    public Method method() {
        return method;
    }

    /** How many random deals were counted; empty for every other method. */
    public OptionalInt permutations() {
        return method == Method.PERMUTATION ? OptionalInt.of(permutations) : OptionalInt.empty();
    }

    /** Values in the first sample, at least 2. */
    public int firstSize() {
        return distance.firstSize();
    }

    /** Values in the second sample, at least 2. */
    public int secondSize() {
        return distance.secondSize();
    }

    @Override
    public String toString() {
        return "KolmogorovSmirnovResult[D=" + statistic() + ", p=" + pValue + ", " + method
                + (method == Method.PERMUTATION ? " x " + permutations : "") + ", sizes=" + firstSize() + " and "
                + secondSize() + "]";
    }
}

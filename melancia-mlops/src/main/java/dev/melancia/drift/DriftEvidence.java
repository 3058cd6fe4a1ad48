package dev.melancia.drift;

import dev.melancia.stats.EffectSizes;
import dev.melancia.stats.KolmogorovSmirnovResult;

/**
 * The numbers behind one verdict. Immutable.
 *
 * @since 0.1.0
 */
public final class DriftEvidence {

    private final Comparison comparison;
    private final double adjustedPValue;
    private final double alpha;

    DriftEvidence(Comparison comparison, double adjustedPValue, double alpha) {
        this.comparison = comparison;
        this.adjustedPValue = adjustedPValue;
        this.alpha = alpha;
    }

    /** The metric's name. */
    public String metric() {
        return comparison.metric().name();
    }

    /** The unit of its values, such as {@code s} or {@code points}. */
    public String unit() {
        return comparison.metric().unit();
    }

    /** How many values the baseline holds. */
    public int baselineSize() {
        return comparison.test().firstSize();
    }

    /** How many values were checked. */
    public int currentSize() {
        return comparison.test().secondSize();
    }

    /** The test: D, the p-value before correction, and how it was computed; the baseline is its first sample. */
    public KolmogorovSmirnovResult test() {
        return comparison.test();
    }

    /** The p-value after Holm's correction over the metrics judged in the same check, in [0, 1]. */
    public double adjustedPValue() {
        return adjustedPValue;
    }

    /** Drift needs an adjusted p-value below this, in (0, 1). */
    public double alpha() {
        return alpha;
    }

    /** Drift needs a D of at least this, in [0, 1]: the setting, or more if the baseline's own chunks differ by more. */
    public double minimumEffect() {
        return comparison.metric().minimumEffect();
    }

    /** How far the current values lie from the baseline, in the metric's unit and without one. */
    public EffectSizes effects() {
        return comparison.effects();
    }

    /** Median of the baseline, in the metric's unit. */
    public double baselineMedian() {
        return comparison.metric().baselineMedian();
    }

    /** Median of the current values, in the metric's unit. */
    public double currentMedian() {
        return comparison.currentMedian();
    }

    /** Where the values went. */
    public DriftDirection direction() {
        return DriftDirection.of(comparison.test());
    }

    /** Whether the difference is more than chance: adjusted p below alpha. */
    public boolean isSignificant() {
        return adjustedPValue < alpha;
    }

    /** Drift needs the median or the 95th percentile to move by at least this, in the metric's unit; 0 unless set. */
    public double minimumShift() {
        return comparison.metric().minimumShift();
    }

    /** Whether the difference is large enough to matter: by D and, where a minimum shift was set, in the metric's unit. */
    public boolean isLargeEnough() {
        double shift =
                Math.max(Math.abs(effects().medianShift()), Math.abs(effects().p95Shift()));
        return comparison.test().statistic() >= minimumEffect() && shift >= minimumShift();
    }

    @Override
    public String toString() {
        return "DriftEvidence[" + metric() + ", " + test() + ", adjusted p=" + adjustedPValue + ", " + effects() + "]";
    }
}

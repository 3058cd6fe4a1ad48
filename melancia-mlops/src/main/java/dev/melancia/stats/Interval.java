package dev.melancia.stats;

/**
 * A confidence interval. Immutable.
 *
 * @param low lower end, at most {@code high}; may be infinite, never NaN
 * @param high upper end; may be infinite, never NaN
 * @param level confidence level in (0, 1), such as .95
 * @since 0.1.0
 */
public record Interval(double low, double high, double level) {

    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("low must be at most high, were " + low + " and " + high);
        }
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level must be in (0, 1), was " + level);
        }
    }

    /** Whether the value lies inside, ends included. */
    public boolean contains(double value) {
        return low <= value && value <= high;
    }
}

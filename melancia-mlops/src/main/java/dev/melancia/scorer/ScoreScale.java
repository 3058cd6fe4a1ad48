package dev.melancia.scorer;

/**
 * The range and direction of a scorer's values. Immutable.
 *
 * @param low smallest value, finite
 * @param high largest value, finite, above {@code low}
 * @param higherIsBetter whether {@code high} is the good end
 * @param yesNo whether only 0 and 1 occur, so that a mean is a rate and gets a rate's interval
 * @since 0.1.0
 */
public record ScoreScale(double low, double high, boolean higherIsBetter, boolean yesNo) {

    public ScoreScale {
        if (!(Double.isFinite(low) && Double.isFinite(high) && low < high)) {
            throw new IllegalArgumentException("scale must be finite with low below high, was " + low + " to " + high);
        }
        if (yesNo && (low != 0 || high != 1)) {
            throw new IllegalArgumentException("a yes/no scale is 0 to 1, was " + low + " to " + high);
        }
    }

    /** From 0 to 1, higher is better. */
    public static ScoreScale unit() {
        return new ScoreScale(0, 1, true, false);
    }

    /** 0 or 1, 1 is better. */
    public static ScoreScale yesNoScale() {
        return new ScoreScale(0, 1, true, true);
    }

    /** Whether a scorer with this scale may return the value. */
    public boolean admits(double value) {
        return yesNo ? value == 0 || value == 1 : low <= value && value <= high;
    }

    /** Such as {@code 0 to 1, higher is better}. */
    @Override
    public String toString() {
        String range = yesNo ? "0 or 1" : trim(low) + " to " + trim(high);
        return range + ", " + (higherIsBetter ? "higher" : "lower") + " is better";
    }

    private static String trim(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : "" + value;
    }
}

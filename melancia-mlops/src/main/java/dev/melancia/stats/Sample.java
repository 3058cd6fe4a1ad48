package dev.melancia.stats;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * Measured values of one quantity, checked and sorted once so that several statistics can be taken from them. It does
 * not remember the order of arrival; keep the array where time matters. Immutable; holds a copy (8 bytes a value).
 *
 * <p>A value that was not measured is left out by the caller: it is unknown, not zero.
 *
 * @since 0.1.0
 */
public final class Sample {

    private final double[] sorted;

    private Sample(double[] sorted) {
        this.sorted = sorted;
    }

    /**
     * A sample of at least one finite value, in any order.
     *
     * @throws IllegalArgumentException if empty, or a value is NaN or infinite (the message states its index)
     */
    public static Sample of(double... values) {
        return named("values", values);
    }

    /**
     * As {@link #of}, with a name for the error message.
     *
     * @throws IllegalArgumentException if empty, or a value is NaN or infinite (the message states name and index)
     */
    public static Sample named(String name, double... values) {
        requireNonNull(name, "name");
        requireNonNull(values, name);
        if (values.length == 0) {
            throw new IllegalArgumentException(name + " must hold at least one value, was empty");
        }
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(name + "[" + i + "] must be a finite number, was " + values[i]
                        + "; leave values out that were not measured");
            }
        }
        double[] copy = values.clone();
        Arrays.sort(copy);
        return new Sample(copy);
    }

    /** How many values, at least 1. */
    public int size() {
        return sorted.length;
    }

    /** The middle value, or the mean of the two middle ones, in the unit of the values. */
    public double median() {
        return quantile(0.5);
    }

    /**
     * The value below which a share {@code probability} of the sample lies, interpolated linearly between neighbours
     * (type 7 of Hyndman and Fan 1996, <a href="https://doi.org/10.1080/00031305.1996.10473566">doi</a>; what R and NumPy
     * do by default). A tail quantile needs about {@code 10 / (1 - probability)} values to mean much.
     *
     * @param probability in [0, 1]
     */
    public double quantile(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability must be in [0, 1], was " + probability);
        }
        double position = probability * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        double share = position - below;
        return sorted[below] * (1 - share) + sorted[above] * share;
    }

    /** Ascending; shared, never written. */
    double[] sorted() {
        return sorted;
    }

    @Override
    public String toString() {
        return "Sample[size=" + size() + ", median=" + median() + "]";
    }
}

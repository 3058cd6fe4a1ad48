package dev.melancia.stats;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Values of one quantity with what an interval has to know of them: the scale they lie on, and which of them belong
 * together. Immutable; each {@code with}-like method returns a new one.
 *
 * <p>One value per question. Several answers to one question are not several values: average them first
 * ({@link #averages}), or the interval takes the same question for news. Without {@link #within} the quantity has no
 * bounds (times, money); without {@link #clusteredBy} the values are taken for independent. A value that was not
 * measured is left out by the caller: it is unknown, not zero.
 *
 * @since 0.1.0
 */
public final class Measurements {

    private final double[] values;
    private final double low;
    private final double high;
    private final int[] clusters;

    private Measurements(double[] values, double low, double high, int[] clusters) {
        this.values = values;
        this.low = low;
        this.high = high;
        this.clusters = clusters;
    }

    /**
     * Independent values without bounds.
     *
     * @param values finite, in any order; may be empty; copied
     * @throws IllegalArgumentException if a value is NaN or infinite
     */
    public static Measurements of(double... values) {
        requireNonNull(values, "values");
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException("values[" + i + "] must be a finite number, was " + values[i]
                        + "; leave values out that were not measured");
            }
        }
        return new Measurements(
                values.clone(), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, ownClusters(values.length));
    }

    /**
     * The mean of each question's repeated values.
     *
     * @param repeats one row for each question, of one or more values; rows may differ in length
     * @return one mean for each row, in their order
     * @throws IllegalArgumentException if a row is empty
     */
    public static double[] averages(double[][] repeats) {
        double[] means = new double[repeats.length];
        for (int i = 0; i < repeats.length; i++) {
            if (repeats[i].length == 0) {
                throw new IllegalArgumentException(
                        "repeats[" + i + "] must hold at least one value, was empty; leave the question out");
            }
            means[i] = Arrays.stream(repeats[i]).average().orElseThrow();
        }
        return means;
    }

    /**
     * The same values on a scale, such as 0 to 1 for scores and for pass or fail.
     *
     * @param low least possible value; may be negative infinity
     * @param high greatest possible value; may be infinity
     * @throws IllegalArgumentException if the scale is empty or a value lies off it
     */
    public Measurements within(double low, double high) {
        if (!(low < high)) {
            throw new IllegalArgumentException("low must be below high, were " + low + " and " + high);
        }
        for (int i = 0; i < values.length; i++) {
            if (values[i] < low || values[i] > high) {
                throw new IllegalArgumentException(
                        "values[" + i + "] must be in [" + low + ", " + high + "], was " + values[i]);
            }
        }
        return new Measurements(values, low, high, clusters);
    }

    /**
     * The same values, some of which belong together, such as the questions on one document or of one conversation.
     *
     * @param labels one for each value, in their order; equal labels ({@link Object#equals}) are one cluster
     * @throws IllegalArgumentException if there is not one label for each value
     */
    public Measurements clusteredBy(List<?> labels) {
        if (labels.size() != values.length) {
            throw new IllegalArgumentException(
                    "there must be one label for each value, were " + labels.size() + " for " + values.length);
        }
        Map<Object, Integer> ids = new HashMap<>();
        int[] assigned = new int[values.length];
        for (int i = 0; i < assigned.length; i++) {
            Integer id = ids.putIfAbsent(requireNonNull(labels.get(i), "label"), ids.size());
            assigned[i] = id == null ? ids.size() - 1 : id;
        }
        return new Measurements(values, low, high, assigned);
    }

    /**
     * Question by question, how much larger these values are: first minus second, on a scale that reaches as far both ways.
     *
     * @param second values of the same questions in the same order, with the same scale and clusters
     * @throws IllegalArgumentException if number, scale or clusters differ
     */
    public Measurements minus(Measurements second) {
        if (second.size() != size()) {
            throw new IllegalArgumentException(
                    "both must have the same questions, were " + size() + " and " + second.size() + " values");
        }
        if (second.low != low || second.high != high) {
            throw new IllegalArgumentException("both must have one scale, were [" + low + ", " + high + "] and ["
                    + second.low + ", " + second.high + "]");
        }
        if (!Arrays.equals(second.clusters, clusters)) {
            throw new IllegalArgumentException("both must have the same clusters; give both the same labels");
        }
        double[] differences = new double[values.length];
        Arrays.setAll(differences, i -> values[i] - second.values[i]);
        double range = bounded() ? high - low : Double.POSITIVE_INFINITY;
        return new Measurements(differences, -range, range, clusters);
    }

    /** How many values, at least 0. */
    public int size() {
        return values.length;
    }

    /** Whether some values share a cluster. */
    public boolean clustered() {
        return clusterCount() < values.length;
    }

    /** How many clusters, at most {@link #size}; each value its own unless {@link #clusteredBy} said otherwise. */
    public int clusterCount() {
        return Arrays.stream(clusters).max().orElse(-1) + 1;
    }

    /** Whether both ends of the scale are finite. */
    public boolean bounded() {
        return Double.isFinite(low) && Double.isFinite(high);
    }

    /** Whether there are values, and all lie at the two ends of the scale, as pass and fail do. */
    public boolean yesNo() {
        return bounded() && values.length > 0 && Arrays.stream(values).allMatch(value -> value == low || value == high);
    }

    /** The values in the order given; a copy. */
    public double[] toArray() {
        return values.clone();
    }

    /** The cluster of each value, numbered from 0 in the order of first appearance; a copy. */
    public int[] clusterNumbers() {
        return clusters.clone();
    }

    /** Least possible value; negative infinity unless {@link #within} said otherwise. */
    public double low() {
        return low;
    }

    /** Greatest possible value; infinity unless {@link #within} said otherwise. */
    public double high() {
        return high;
    }

    /** In the order given; shared, never written. */
    double[] values() {
        return values;
    }

    /** The cluster of each value, in [0, {@link #clusterCount}); shared, never written. */
    int[] clusters() {
        return clusters;
    }

    private static int[] ownClusters(int n) {
        int[] own = new int[n];
        Arrays.setAll(own, i -> i);
        return own;
    }

    @Override
    public String toString() {
        return "Measurements[size=" + size() + ", clusters=" + clusterCount() + ", low=" + low + ", high=" + high + "]";
    }
}

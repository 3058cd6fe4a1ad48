package dev.melancia.comparison;

import dev.melancia.mlflow.event.MetricPoint;
import dev.melancia.stats.Measurements;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The points of one metric of one run as samples. NaN is a sample that was not measured. Immutable. */
final class MetricSamples {

    private final List<MetricPoint> points;

    MetricSamples(List<MetricPoint> points) {
        this.points = points;
    }

    double[] values() {
        return points.stream()
                .mapToDouble(MetricPoint::value)
                .filter(value -> !Double.isNaN(value))
                .toArray();
    }

    boolean finite() {
        return Arrays.stream(values()).allMatch(Double::isFinite);
    }

    boolean zeroOrOne() {
        return Arrays.stream(values()).allMatch(value -> value == 0 || value == 1);
    }

    /** Whether both have one point for each of the same steps, so that a step is the same case in both. */
    boolean hasStepsOf(MetricSamples other) {
        return steps().size() == points.size()
                && other.steps().size() == other.points.size()
                && steps().equals(other.steps());
    }

    private Set<Long> steps() {
        Set<Long> steps = new TreeSet<>();
        points.forEach(point -> steps.add(point.step()));
        return steps;
    }

    /** The values at the steps where both were measured; the second row is the other's. */
    double[][] pairedWith(MetricSamples other) {
        Map<Long, Double> theirs = new TreeMap<>();
        other.points.forEach(point -> theirs.put(point.step(), point.value()));
        List<double[]> pairs = points.stream()
                .map(point -> new double[] {point.value(), theirs.getOrDefault(point.step(), Double.NaN)})
                .filter(pair -> !Double.isNaN(pair[0]) && !Double.isNaN(pair[1]))
                .toList();
        return new double[][] {
            pairs.stream().mapToDouble(pair -> pair[0]).toArray(),
            pairs.stream().mapToDouble(pair -> pair[1]).toArray()
        };
    }

    static Measurements measurements(double[] values, boolean zeroOrOne) {
        Measurements plain = Measurements.of(values);
        return zeroOrOne ? plain.within(0, 1) : plain;
    }
}

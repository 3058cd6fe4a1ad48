package dev.melancia.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which subjects are worth a look when several metrics count and none may be traded for another in advance: a subject is
 * dominated when another is at least as good on all of them and better on one. A front is of the questions asked: read
 * {@link Standing} for how sure it is. Immutable.
 *
 * @since 0.1.0
 */
public final class ParetoFront {

    /** Where a subject stands, and how sure that is. */
    public enum Standing {
        /** No other subject has means at least as good on all metrics and better on one. */
        ON_FRONT,
        /** Another has such means, but the comparisons leave it open on at least one metric. */
        DOMINATED_BY_POINT_ESTIMATE,
        /** On each metric another is better by {@link MetricComparison#verdict()}, or exactly equal on every question. */
        DOMINATED,
        /** It has no mean on one of the metrics, such as a cost that is not known. */
        UNKNOWN
    }

    /**
     * One subject.
     *
     * @param subject its name
     * @param standing where it stands
     * @param dominatedBy names of those that dominate it in the way that the standing says; empty on the front
     */
    public record Point(String subject, Standing standing, List<String> dominatedBy) {

        public Point {
            dominatedBy = List.copyOf(dominatedBy);
        }
    }

    private final BenchmarkReport report;
    private final List<Metric> metrics;
    private final List<Point> points;

    ParetoFront(BenchmarkReport report, List<Metric> metrics) {
        this.report = report;
        this.metrics = List.copyOf(metrics);
        for (Metric metric : metrics) {
            if (metric.kind() == Metric.Kind.FACT) {
                throw new IllegalArgumentException(
                        "a front needs metrics with a better end, \"" + metric.name() + "\" has none");
            }
        }
        points = report.subjects().stream().map(this::point).toList();
    }

    private Point point(SubjectReport subject) {
        if (!known(subject)) {
            return new Point(subject.name(), Standing.UNKNOWN, List.of());
        }
        List<String> surely = new ArrayList<>();
        List<String> byMeans = new ArrayList<>();
        for (SubjectReport other : report.subjects()) {
            if (!known(other) || !dominatesByMeans(other, subject)) {
                continue;
            }
            byMeans.add(other.name());
            if (dominatesSurely(other.name(), subject.name())) {
                surely.add(other.name());
            }
        }
        if (!surely.isEmpty()) {
            return new Point(subject.name(), Standing.DOMINATED, surely);
        }
        return byMeans.isEmpty()
                ? new Point(subject.name(), Standing.ON_FRONT, byMeans)
                : new Point(subject.name(), Standing.DOMINATED_BY_POINT_ESTIMATE, byMeans);
    }

    private boolean known(SubjectReport subject) {
        return metrics.stream()
                .allMatch(metric -> subject.metric(metric.name()).mean().isPresent());
    }

    private boolean dominatesByMeans(SubjectReport other, SubjectReport subject) {
        boolean better = false;
        for (Metric metric : metrics) {
            double gain = other.metric(metric.name()).mean().orElseThrow()
                    - subject.metric(metric.name()).mean().orElseThrow();
            double good = metric.higherIsBetter() ? gain : -gain;
            if (good < 0) {
                return false;
            }
            better |= good > 0;
        }
        return better;
    }

    private boolean dominatesSurely(String other, String subject) {
        PairComparison pair = report.pair(other, subject);
        Verdict better = pair.first().equals(other) ? Verdict.FIRST_BETTER : Verdict.SECOND_BETTER;
        return metrics.stream().map(metric -> pair.metric(metric.name())).allMatch(comparison -> {
            return comparison.verdict() == better || comparison.isExactlyEqual();
        });
    }

    /** The metrics that count. */
    public List<Metric> metrics() {
        return metrics;
    }

    /** Every subject, in the report's order. */
    public List<Point> points() {
        return points;
    }

    /** Names of the subjects on the front. */
    public List<String> front() {
        return points.stream()
                .filter(point -> point.standing() == Standing.ON_FRONT)
                .map(Point::subject)
                .toList();
    }

    /** Such as {@code a: on front, b: dominated by [a]}. */
    @Override
    public String toString() {
        return String.join(", ", points.stream().map(ParetoFront::text).toList());
    }

    private static String text(Point point) {
        String standing = point.standing().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return point.subject() + ": " + standing
                + (point.dominatedBy().isEmpty() ? "" : " (" + String.join(", ", point.dominatedBy()) + ")");
    }
}

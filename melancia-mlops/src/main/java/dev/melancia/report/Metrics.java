package dev.melancia.report;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.Metric;
import java.util.function.Predicate;

/** The metrics of operation that every report has; their names may give way to a scorer's. */
final class Metrics {

    private Metrics() {}

    static Metric latency(BenchmarkReport report) {
        return operation(report, metric -> metric.unit().equals("s"));
    }

    static Metric cost(BenchmarkReport report) {
        return operation(report, metric -> metric.unit().equals("USD"));
    }

    static Metric failures(BenchmarkReport report) {
        return operation(report, Metric::yesNo);
    }

    private static Metric operation(BenchmarkReport report, Predicate<Metric> which) {
        return report.metrics().stream()
                .filter(metric -> metric.kind() == Metric.Kind.OPERATION)
                .filter(which)
                .findFirst()
                .orElseThrow();
    }
}

package dev.melancia.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.Metric;
import java.util.List;

/** One value of each answer that the page can show and sort by: a scorer's, or a figure of the call. */
record PageColumn(Metric metric, String label) {

    /** All of a report, scorers first; that a call failed is told apart. */
    static List<PageColumn> of(BenchmarkReport report, Labels labels) {
        return report.metrics().stream()
                .filter(metric -> metric.kind() == Metric.Kind.QUALITY || !metric.yesNo())
                .map(metric -> new PageColumn(metric, metric.label(labels.language())))
                .toList();
    }

    void describe(ObjectNode node) {
        node.put("label", label);
        node.put("unit", metric.unit());
        node.put("low", metric.low());
        if (Double.isFinite(metric.high())) {
            node.put("high", metric.high());
        }
    }
}

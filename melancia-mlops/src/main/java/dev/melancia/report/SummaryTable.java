package dev.melancia.report;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.Metric;
import dev.melancia.analysis.SubjectReport;
import dev.melancia.scorer.Scorer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A table of texts, one row a subject.
 *
 * @param header names of the columns
 * @param rows cells, as many in a row as there are columns
 */
record SummaryTable(List<String> header, List<List<String>> rows) {

    /** What the scorers said. */
    static SummaryTable quality(BenchmarkReport report) {
        List<String> header = Stream.concat(
                        Stream.of("subject"), report.scorers().stream().map(Scorer::name))
                .toList();
        return new SummaryTable(
                header, report.subjects().stream().map(SummaryTable::qualityRow).toList());
    }

    private static List<String> qualityRow(SubjectReport subject) {
        List<String> row = new ArrayList<>();
        row.add(subject.name());
        subject.metrics(Metric.Kind.QUALITY).forEach(metric -> row.add(Figures.metric(metric)));
        return row;
    }

    /** Failures, time, tokens, money. */
    static SummaryTable operation(BenchmarkReport report) {
        List<String> header = List.of(
                "subject",
                "failed",
                "latency median",
                "latency p95",
                "tokens in",
                "tokens out",
                "cut off",
                "cost a call",
                "cost in all");
        return new SummaryTable(
                header,
                report.subjects().stream().map(SummaryTable::operationRow).toList());
    }

    private static List<String> operationRow(SubjectReport subject) {
        return List.of(
                subject.name(),
                Figures.rate(subject.failures()),
                Figures.time(subject.metric("latency").median()),
                Figures.time(subject.metric("latency").p95()),
                Figures.tokens(subject.metric("input tokens")),
                Figures.tokens(subject.metric("output tokens")),
                Integer.toString(subject.cutOff()),
                Figures.costPerCall(subject.cost()),
                Figures.totalCost(subject.cost()));
    }
}

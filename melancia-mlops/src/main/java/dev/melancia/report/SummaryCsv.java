package dev.melancia.report;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.MetricSummary;
import dev.melancia.analysis.SubjectReport;
import dev.melancia.stats.Interval;
import java.util.List;
import java.util.OptionalDouble;

/** One row a subject and metric, after RFC 4180. A cell without a value is empty. */
final class SummaryCsv {

    private static final List<String> HEADER = List.of(
            "subject",
            "metric",
            "unit",
            "n",
            "clusters",
            "mean",
            "low",
            "high",
            "level",
            "method",
            "median",
            "p95",
            "p99",
            "not_applicable",
            "scorer_failed",
            "note",
            "caution");

    private SummaryCsv() {}

    static String render(BenchmarkReport report) {
        StringBuilder out = new StringBuilder(CsvReport.line(HEADER));
        for (SubjectReport subject : report.subjects()) {
            subject.metrics().forEach(summary -> out.append(CsvReport.line(row(subject.name(), summary))));
        }
        return out.toString();
    }

    private static List<String> row(String subject, MetricSummary summary) {
        return List.of(
                CsvReport.text(subject),
                CsvReport.text(summary.name()),
                summary.metric().unit(),
                Integer.toString(summary.n()),
                Integer.toString(summary.clusters()),
                number(summary.mean()),
                summary.interval().map(Interval::low).map(String::valueOf).orElse(""),
                summary.interval().map(Interval::high).map(String::valueOf).orElse(""),
                summary.interval().map(Interval::level).map(String::valueOf).orElse(""),
                CsvReport.text(summary.method()),
                number(summary.median().value()),
                number(summary.p95().value()),
                number(summary.p99().value()),
                Integer.toString(summary.notApplicable()),
                Integer.toString(summary.failed()),
                CsvReport.text(summary.noInterval().orElse("")),
                CsvReport.text(summary.caution().orElse("")));
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? Double.toString(value.getAsDouble()) : "";
    }
}

package dev.melancia.report;

import dev.melancia.comparison.ComparedMetric;
import dev.melancia.comparison.MetricDirections;
import dev.melancia.comparison.MetricValue;
import dev.melancia.comparison.RunsReport;
import dev.melancia.experiment.RecordedRun;
import dev.melancia.stats.Interval;
import java.util.List;
import java.util.Locale;

/** One row a run and metric, and one a run and differing parameter, after RFC 4180. A cell without a value is empty. */
final class RunsCsv {

    private static final List<String> HEADER =
            List.of("run_id", "run", "kind", "key", "value", "n", "low", "high", "level", "better", "best", "note");

    private RunsCsv() {}

    static String render(RunsReport report) {
        StringBuilder out = new StringBuilder(CsvReport.line(HEADER));
        for (int i = 0; i < report.runs().size(); i++) {
            RecordedRun run = report.runs().get(i);
            int place = i;
            report.differingParams()
                    .forEach(row -> row.values()
                            .get(place)
                            .ifPresent(value -> out.append(CsvReport.line(param(run, row.key(), value)))));
            report.metrics().forEach(metric -> out.append(CsvReport.line(metric(run, metric, place))));
        }
        return out.toString();
    }

    private static List<String> param(RecordedRun run, String key, String value) {
        return List.of(
                run.id(),
                CsvReport.text(run.name()),
                "param",
                CsvReport.text(key),
                CsvReport.text(value),
                "",
                "",
                "",
                "",
                "",
                "",
                "");
    }

    private static List<String> metric(RecordedRun run, ComparedMetric metric, int place) {
        MetricValue value = metric.values().get(place);
        return List.of(
                run.id(),
                CsvReport.text(run.name()),
                metric.kind().name().toLowerCase(Locale.ROOT),
                CsvReport.text(metric.key()),
                value.value().isPresent() ? Double.toString(value.value().getAsDouble()) : "",
                Long.toString(value.n()),
                value.interval().map(Interval::low).map(String::valueOf).orElse(""),
                value.interval().map(Interval::high).map(String::valueOf).orElse(""),
                value.interval().map(Interval::level).map(String::valueOf).orElse(""),
                metric.better() == MetricDirections.Better.UNKNOWN
                        ? ""
                        : metric.better().name().toLowerCase(Locale.ROOT),
                Boolean.toString(metric.best().run().orElse(-1) == place),
                CsvReport.text(value.note()));
    }
}

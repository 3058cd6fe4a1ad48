package dev.melancia.report;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.MetricSummary;
import dev.melancia.analysis.SubjectReport;
import dev.melancia.scorer.ScoreScale;
import dev.melancia.scorer.Scorer;
import dev.melancia.stats.Interval;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Dot-and-interval charts as inline SVG, one card a scorer and one for latency. Positions are percentages, so they fit any width. */
final class HtmlCharts {

    private static final int MARGIN_PERCENT = 2;

    private HtmlCharts() {}

    static String render(BenchmarkReport report) {
        return report.scorers().stream().map(scorer -> quality(report, scorer)).collect(Collectors.joining())
                + latency(report.subjects());
    }

    private static String quality(BenchmarkReport report, Scorer scorer) {
        ScoreScale scale = scorer.scale();
        String rows = IntStream.range(0, report.subjects().size())
                .mapToObj(i -> {
                    SubjectReport subject = report.subjects().get(i);
                    return qualityRow(subject.name(), i, subject.metric(scorer.name()), scale);
                })
                .collect(Collectors.joining());
        return card(
                scorer.name(),
                scale.toString(),
                rows + axis(Figures.decimal(scale.low()), Figures.decimal(scale.high())),
                scorer.measures() + ". Cannot see: " + scorer.blindTo() + ".");
    }

    private static String qualityRow(String subject, int index, MetricSummary metric, ScoreScale scale) {
        if (metric.mean().isEmpty()) {
            return row(subject, index, "", new Reading("n/a", "nothing to score"));
        }
        double mean = metric.mean().getAsDouble();
        String marks = metric.interval().map(interval -> span(interval, scale)).orElse("") + dot(x(mean, scale));
        String detail = Figures.metricInterval(metric) + " n=" + metric.n()
                + (metric.failed() > 0 ? ", scorer failed on " + metric.failed() : "");
        return row(subject, index, marks, new Reading(Figures.decimal(mean), detail));
    }

    private static String latency(List<SubjectReport> subjects) {
        double longest =
                subjects.stream().mapToDouble(HtmlCharts::longest).max().orElse(0);
        ScoreScale scale = new ScoreScale(0, Math.max(longest, 1e-9), false, false);
        String rows = IntStream.range(0, subjects.size())
                .mapToObj(i -> latencyRow(subjects.get(i), i, scale))
                .collect(Collectors.joining());
        return card(
                "latency",
                "lower is better",
                rows + axis("0", Figures.time(scale.high())),
                "Dot: median (at least 3 calls). Line: up to the 95th percentile (at least 20 calls).");
    }

    private static double longest(SubjectReport subject) {
        MetricSummary latency = subject.metric("latency");
        return latency.p95().value().orElse(latency.median().value().orElse(0));
    }

    private static String latencyRow(SubjectReport subject, int index, ScoreScale scale) {
        MetricSummary latency = subject.metric("latency");
        OptionalDouble median = latency.median().value();
        OptionalDouble p95 = latency.p95().value();
        if (median.isEmpty()) {
            return row(subject.name(), index, "", new Reading("n too small", "n=" + latency.n()));
        }
        double middle = median.getAsDouble();
        String line = p95.isEmpty() ? "" : span(new Interval(middle, p95.getAsDouble(), BenchmarkReport.LEVEL), scale);
        return row(
                subject.name(),
                index,
                line + dot(x(middle, scale)),
                new Reading(Figures.time(middle), "p95 " + Figures.time(latency.p95()) + ", n=" + latency.n()));
    }

    private static String card(String title, String hint, String rows, String note) {
        return "<article class=\"card\"><h3>" + Html.escape(title) + " <small>" + Html.escape(hint) + "</small></h3>\n"
                + rows + "<p class=\"note\">" + Html.escape(note) + "</p></article>\n";
    }

    private static String axis(String low, String high) {
        return "<div class=\"row axis\"><span></span><span class=\"ends\"><span>" + Html.escape(low) + "</span><span>"
                + Html.escape(high) + "</span></span><span></span></div>\n";
    }

    private static String row(String subject, int index, String marks, Reading reading) {
        String label = Html.escape(subject + ": " + reading.value() + " " + reading.detail());
        return "<div class=\"row " + HtmlReport.colour(index) + "\"><span class=\"name\">" + Html.escape(subject)
                + "</span><svg role=\"img\" aria-label=\"" + label + "\"><title>" + label + "</title>"
                + "<line class=\"track\" x1=\"2%\" x2=\"98%\" y1=\"50%\" y2=\"50%\"/>" + marks
                + "</svg><span class=\"value\"><b>" + Html.escape(reading.value()) + "</b><small>"
                + Html.escape(reading.detail())
                + "</small></span></div>\n";
    }

    private static String span(Interval interval, ScoreScale scale) {
        String low = x(interval.low(), scale);
        String high = x(interval.high(), scale);
        return "<line class=\"span\" x1=\"" + low + "\" x2=\"" + high + "\" y1=\"50%\" y2=\"50%\"/>" + end(low)
                + end(high);
    }

    private static String end(String x) {
        return "<line class=\"end\" x1=\"" + x + "\" x2=\"" + x + "\" y1=\"30%\" y2=\"70%\"/>";
    }

    private static String dot(String x) {
        return "<circle cx=\"" + x + "\" cy=\"50%\" r=\"6\"/>";
    }

    private static String x(double value, ScoreScale scale) {
        double share = (value - scale.low()) / (scale.high() - scale.low());
        double shown = Math.min(1, Math.max(0, share));
        return String.format(Locale.ROOT, "%.2f%%", MARGIN_PERCENT + shown * (100 - 2 * MARGIN_PERCENT));
    }

    /** A figure and the small print below it. */
    private record Reading(String value, String detail) {}
}

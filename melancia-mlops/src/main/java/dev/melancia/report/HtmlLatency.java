package dev.melancia.report;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.MetricSummary;
import dev.melancia.analysis.SubjectReport;
import dev.melancia.benchmark.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How long calls took: a histogram a subject, on one logarithmic scale. */
final class HtmlLatency {

    private static final int BINS = 48;
    private static final double NANOS = 1e9;
    private static final double LEAST_SECONDS = 1e-6;
    private static final double LEAST_WIDTH = .3;

    private final Figures figures;
    private final Labels labels;
    private final List<SubjectReport> subjects;
    private final List<double[]> logs;
    private final String metric;
    private final double low;
    private final double high;

    HtmlLatency(BenchmarkReport report, Figures figures) {
        this.figures = figures;
        this.labels = figures.labels();
        this.subjects = report.subjects();
        this.logs = subjects.stream().map(HtmlLatency::logs).toList();
        this.metric = Metrics.latency(report).name();
        double least = logs.stream().flatMapToDouble(Arrays::stream).min().orElse(0);
        double most = logs.stream().flatMapToDouble(Arrays::stream).max().orElse(0);
        double pad = Math.max(0, LEAST_WIDTH - (most - least)) / 2;
        this.low = least - pad;
        this.high = most + pad;
    }

    private static double[] logs(SubjectReport subject) {
        return subject.outcomes().stream()
                .filter(outcome -> outcome.reply().isPresent())
                .mapToDouble(Outcome::latencyNanos)
                .map(nanos -> Math.log10(Math.max(LEAST_SECONDS, nanos / NANOS)))
                .toArray();
    }

    String render() {
        String rows = IntStream.range(0, subjects.size()).mapToObj(this::row).collect(Collectors.joining());
        String ends = IntStream.range(0, 3)
                .mapToObj(i ->
                        "<span>" + Html.escape(figures.time(Math.pow(10, low + i * (high - low) / 2))) + "</span>")
                .collect(Collectors.joining());
        return "<article class=\"card wide\"><h3>" + Html.escape(labels.get("latency.title")) + "</h3>\n" + rows
                + "<div class=\"row axis\"><span></span><span class=\"ends\">" + ends
                + "</span><span></span></div>\n<p class=\"note\">" + Html.escape(labels.get("latency.note"))
                + "</p></article>\n";
    }

    private String row(int index) {
        SubjectReport subject = subjects.get(index);
        MetricSummary latency = subject.metric(metric);
        String median = latency.median().value().stream()
                .mapToObj(figures::time)
                .findFirst()
                .orElse(figures.reason(latency.median().reason()));
        String p95 = latency.p95().value().stream()
                .mapToObj(figures::time)
                .findFirst()
                .orElse(figures.reason(latency.p95().reason()));
        String detail = labels.get("card.p95", p95) + ", " + labels.get("n", logs.get(index).length);
        StringBuilder marks = new StringBuilder(bars(logs.get(index)));
        latency.median().value().ifPresent(seconds -> marks.append(tick("tick", seconds)));
        latency.p95().value().ifPresent(seconds -> marks.append(tick("tick thin", seconds)));
        return "<div class=\"row " + Subjects.colour(index) + "\"><span class=\"name\">" + Subjects.badge(index) + " "
                + Html.escape(subject.name()) + "</span>"
                + Svg.open("tall", subject.name() + ": " + median + ", " + detail) + marks
                + Svg.line("track", "2%", "98%", "98%", "98%") + "</svg><span class=\"value\"><b>" + Html.escape(median)
                + "</b><small>" + Html.escape(detail) + "</small></span></div>\n";
    }

    private String tick(String classes, double seconds) {
        String at = Svg.at(share(Math.log10(Math.max(LEAST_SECONDS, seconds))));
        return Svg.line(classes, at, at, "0%", "98%");
    }

    private double share(double log) {
        return (log - low) / (high - low);
    }

    private String bars(double[] values) {
        int[] counts = new int[BINS];
        for (double value : values) {
            counts[Math.min(BINS - 1, (int) (share(value) * BINS))]++;
        }
        int most = Arrays.stream(counts).max().orElse(0);
        return IntStream.range(0, BINS)
                .filter(bin -> counts[bin] > 0)
                .mapToObj(bin -> String.format(
                        Locale.ROOT,
                        "<rect class=\"bars\" x=\"%s\" width=\"%.2f%%\" y=\"%.1f%%\" height=\"%.1f%%\"/>",
                        Svg.at((double) bin / BINS),
                        92.0 / BINS,
                        96 - 88.0 * counts[bin] / most,
                        88.0 * counts[bin] / most))
                .collect(Collectors.joining());
    }
}

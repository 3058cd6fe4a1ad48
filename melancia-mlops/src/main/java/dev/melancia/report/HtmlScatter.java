package dev.melancia.report;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.Metric;
import dev.melancia.analysis.MetricSummary;
import dev.melancia.analysis.SubjectReport;
import dev.melancia.stats.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Quality against what it costs, in money or time: a point a subject, with intervals both ways. */
final class HtmlScatter {

    private static final int LONGEST_NAME = 22;
    private static final double PAD = .12;
    private static final double TURN = .55;
    private static final int ABOVE = -12;
    private static final int BELOW = 22;
    private static final double CALLS = 1000;

    private final BenchmarkReport report;
    private final Figures figures;
    private final Labels labels;
    private final Metric quality;

    HtmlScatter(BenchmarkReport report, Figures figures, Metric quality) {
        this.report = report;
        this.figures = figures;
        this.labels = figures.labels();
        this.quality = quality;
    }

    /** Where a subject stands on one axis. */
    private record Reach(double value, double low, double high) {

        static Reach of(double value, Optional<Interval> interval) {
            return new Reach(
                    value,
                    interval.map(Interval::low).orElse(value),
                    interval.map(Interval::high).orElse(value));
        }
    }

    private record Point(int subject, Reach x, Reach y) {}

    /** Values on an axis as shares of it. */
    private record Axis(double low, double high) {

        double share(double value) {
            return high == low ? .5 : (value - low) / (high - low);
        }
    }

    /** The card; empty when fewer than two subjects have both values. */
    String render(Metric against, String title) {
        List<Point> points = IntStream.range(0, report.subjects().size())
                .mapToObj(i -> point(i, against))
                .flatMap(Optional::stream)
                .toList();
        if (points.size() < 2) {
            return "";
        }
        Axis x = new Axis(
                0,
                round((1 + PAD)
                        * points.stream()
                                .mapToDouble(point -> point.x().high())
                                .max()
                                .orElse(1)));
        Axis y = qualityAxis(points);
        String label = title + ": "
                + points.stream().map(point -> tell(point, against)).collect(Collectors.joining("; "));
        return "<article class=\"card\"><h3>" + Html.escape(title) + " <small>"
                + Html.escape(quality.label(labels.language()))
                + "</small></h3>\n" + Svg.open("plot", label) + grid(y)
                + points.stream().map(point -> bars(point, x, y)).collect(Collectors.joining())
                + front(points, x, y)
                + marks(points, x, y)
                + "</svg>" + below(x, against) + missing(points) + "</article>\n";
    }

    /** Names above and below in turn from left to right, so that neighbours do not cover each other. */
    private String marks(List<Point> points, Axis x, Axis y) {
        List<Point> sorted = new ArrayList<>(points);
        sorted.sort(Comparator.comparingDouble(point -> point.x().value()));
        return IntStream.range(0, sorted.size())
                .mapToObj(i -> mark(sorted.get(i), i % 2 == 0 ? BELOW : ABOVE, x, y))
                .collect(Collectors.joining());
    }

    /** A line through the points that no other beats as they are drawn: the report's front goes by mean times. */
    private String front(List<Point> points, Axis x, Axis y) {
        List<Point> best = new ArrayList<>(points.stream()
                .filter(point -> points.stream().noneMatch(other -> beats(other, point)))
                .toList());
        best.sort(Comparator.comparingDouble(point -> point.x().value()));
        return IntStream.range(1, best.size())
                .mapToObj(i -> Svg.line(
                        "front",
                        Svg.at(x.share(best.get(i - 1).x().value())),
                        Svg.at(x.share(best.get(i).x().value())),
                        height(y.share(best.get(i - 1).y().value())),
                        height(y.share(best.get(i).y().value()))))
                .collect(Collectors.joining());
    }

    /** At least as good both ways, and better one way. */
    private boolean beats(Point one, Point other) {
        double left = other.x().value() - one.x().value();
        double rise = one.y().value() - other.y().value();
        double gain = quality.higherIsBetter() ? rise : -rise;
        return left >= 0 && gain >= 0 && (left > 0 || gain > 0);
    }

    private Optional<Point> point(int index, Metric against) {
        SubjectReport subject = report.subjects().get(index);
        MetricSummary good = subject.metric(quality.name());
        Optional<Reach> x = reach(subject.metric(against.name()));
        return good.mean().isEmpty() || x.isEmpty()
                ? Optional.empty()
                : Optional.of(new Point(index, x.get(), Reach.of(good.mean().getAsDouble(), good.interval())));
    }

    /** Times by their median, money by its mean. */
    private static Optional<Reach> reach(MetricSummary summary) {
        if (summary.metric().unit().equals("s")) {
            return summary.median().value().stream()
                    .mapToObj(median -> Reach.of(median, summary.median().interval()))
                    .findFirst();
        }
        return summary.mean().stream()
                .mapToObj(mean -> Reach.of(mean, summary.interval()))
                .findFirst();
    }

    /** Up to two digits that halve well. */
    private static double round(double value) {
        if (value <= 0) {
            return 1;
        }
        double unit = Math.pow(10, Math.floor(Math.log10(value)) - 1);
        return Math.ceil(value / unit / 2) * unit * 2;
    }

    /** Money by the thousand calls: a single one costs too little to be read. */
    private String amount(double value, Metric against) {
        return against.unit().equals("USD")
                ? figures.value(CALLS * value, against)
                : against.unit().equals("s") && value == 0 ? "0" : figures.value(value, against);
    }

    private Axis qualityAxis(List<Point> points) {
        double low = points.stream().mapToDouble(point -> point.y().low()).min().orElse(quality.low());
        double high =
                points.stream().mapToDouble(point -> point.y().high()).max().orElse(quality.high());
        double pad = Math.max(PAD * (high - low), PAD * PAD * (quality.high() - quality.low()));
        return new Axis(Math.max(quality.low(), low - pad), Math.min(quality.high(), high + pad));
    }

    private String tell(Point point, Metric against) {
        return report.subjects().get(point.subject()).name() + " "
                + figures.value(point.y().value(), quality) + ", "
                + amount(point.x().value(), against);
    }

    private String grid(Axis y) {
        StringBuilder grid = new StringBuilder();
        for (double share : new double[] {0, .5, 1}) {
            String at = height(share);
            grid.append(Svg.line("grid", "0%", "100%", at, at))
                    .append("<text x=\"0\" dy=\"-4\" y=\"" + at + "\">")
                    .append(Html.escape(figures.value(y.low() + share * (y.high() - y.low()), quality)))
                    .append("</text>");
        }
        return grid.toString();
    }

    private static String bars(Point point, Axis x, Axis y) {
        String across = Svg.at(x.share(point.x().value()));
        String up = height(y.share(point.y().value()));
        return "<g class=\"" + Subjects.colour(point.subject()) + "\">"
                + Svg.line(
                        "span",
                        Svg.at(x.share(point.x().low())),
                        Svg.at(x.share(point.x().high())),
                        up,
                        up)
                + Svg.line(
                        "span",
                        across,
                        across,
                        height(y.share(point.y().low())),
                        height(y.share(point.y().high())))
                + "</g>";
    }

    private String mark(Point point, int offset, Axis x, Axis y) {
        double share = x.share(point.x().value());
        String across = Svg.at(share);
        String up = height(y.share(point.y().value()));
        boolean left = share < TURN;
        String place = " x=\"" + across + "\" y=\"" + up + "\"";
        return "<g class=\"" + Subjects.colour(point.subject()) + "\"><circle class=\"dot\" cx=\"" + across + "\" cy=\""
                + up + "\" r=\"10\"/><text class=\"letter\"" + place + ">" + Subjects.letter(point.subject())
                + "</text><text class=\"who\"" + place + " dy=\"" + offset + "\" dx=\"" + (left ? 12 : -12)
                + "\" text-anchor=\""
                + (left ? "start" : "end") + "\">"
                + Html.escape(cut(report.subjects().get(point.subject()).name()))
                + "</text></g>";
    }

    /** Without the provider where it does not fit; the letter tells the rest. */
    private static String cut(String name) {
        String shown = name.length() <= LONGEST_NAME ? name : name.substring(name.lastIndexOf('/') + 1);
        return shown.codePointCount(0, shown.length()) <= LONGEST_NAME
                ? shown
                : shown.substring(0, shown.offsetByCodePoints(0, LONGEST_NAME - 1)) + "…";
    }

    private String below(Axis x, Metric against) {
        return "<div class=\"ends soft\">"
                + IntStream.range(0, 3)
                        .mapToObj(i -> "<small>" + Html.escape(amount(i * x.high() / 2, against)) + "</small>")
                        .collect(Collectors.joining())
                + "</div><p class=\"note\">"
                + Html.escape(labels.get(against.unit().equals("USD") ? "scatter.usd" : "scatter.seconds")) + " "
                + Html.escape(labels.get(quality.higherIsBetter() ? "scatter.note" : "scatter.note.low")) + " "
                + Html.escape(labels.get("scatter.front")) + "</p>";
    }

    private String missing(List<Point> points) {
        String names = IntStream.range(0, report.subjects().size())
                .filter(i -> points.stream().noneMatch(point -> point.subject() == i))
                .mapToObj(i -> report.subjects().get(i).name())
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : "<p class=\"note\">" + Html.escape(labels.get("notShown", names)) + "</p>";
    }

    private static String height(double share) {
        return String.format(Locale.ROOT, "%.2f%%", 96 - 88 * Math.min(1, Math.max(0, share)));
    }
}

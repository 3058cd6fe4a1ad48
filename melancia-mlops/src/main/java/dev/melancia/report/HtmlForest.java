package dev.melancia.report;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.Metric;
import dev.melancia.analysis.MetricComparison;
import dev.melancia.analysis.PairComparison;
import dev.melancia.analysis.SubjectReport;
import dev.melancia.analysis.Verdict;
import dev.melancia.stats.Interval;
import java.util.List;
import java.util.stream.Collectors;

/** Differences with their intervals, one card a pair; right of the middle the first subject is better, whatever the metric. */
final class HtmlForest {

    private static final double MIDDLE = .5;
    private static final double ROOM = 1.05;

    private final BenchmarkReport report;
    private final Figures figures;
    private final Labels labels;
    private final Tables tables;
    private final List<String> names;
    private final double scoreReach;

    HtmlForest(BenchmarkReport report, Figures figures) {
        this.report = report;
        this.figures = figures;
        this.labels = figures.labels();
        this.tables = new Tables(report, figures);
        this.names = report.subjects().stream().map(SubjectReport::name).toList();
        this.scoreReach = report.pairs().stream()
                .flatMap(pair -> pair.metrics().stream())
                .filter(comparison -> isScore(comparison.metric()))
                .mapToDouble(comparison -> reach(comparison) / range(comparison.metric()))
                .max()
                .orElse(1);
    }

    /** The cards of some pairs. */
    String render(int from, int to) {
        return report.pairs().subList(from, to).stream().map(this::card).collect(Collectors.joining());
    }

    private String card(PairComparison pair) {
        String rows =
                Tables.measured(pair).map(comparison -> row(pair, comparison)).collect(Collectors.joining());
        String left = "← " + badge(pair.second()) + " " + Html.escape(labels.get("isBetter"));
        String right = badge(pair.first()) + " " + Html.escape(labels.get("isBetter")) + " →";
        return "<article class=\"card\"><h3>" + badge(pair.first()) + " " + Html.escape(pair.first()) + " − "
                + badge(pair.second()) + " " + Html.escape(pair.second()) + "</h3>\n"
                + "<div class=\"row axis\"><span></span><span class=\"ends\"><span>" + left + "</span><span>" + right
                + "</span></span><span></span></div>\n" + rows + "</article>\n";
    }

    private String badge(String name) {
        return Subjects.badge(names.indexOf(name));
    }

    private String row(PairComparison pair, MetricComparison comparison) {
        Metric metric = comparison.metric();
        String name = metric.label(labels.language());
        String figure = comparison.difference().isEmpty()
                ? "–"
                : figures.difference(comparison.difference().getAsDouble(), metric);
        String detail = comparison
                .interval()
                .map(found ->
                        figures.interval(found, metric, comparison.difference().orElse(0)))
                .orElse("");
        String verdict = tables.verdict(pair, comparison);
        String label = name + ": " + figure + " " + detail + ", " + verdict;
        return "<div class=\"row " + colour(pair, comparison.verdict()) + "\"><span class=\"name\">" + Html.escape(name)
                + "</span>" + Svg.open("", label) + marks(comparison) + "</svg><span class=\"value\"><b>"
                + Html.escape(figure) + "</b><small>" + Html.escape(detail) + "<br/>" + verdictOf(pair, comparison)
                + "</small></span></div>\n";
    }

    /** The verdict with badges for names. */
    private String verdictOf(PairComparison pair, MetricComparison comparison) {
        return switch (comparison.verdict()) {
            case FIRST_BETTER -> badge(pair.first()) + " " + Html.escape(labels.get("isBetter"));
            case SECOND_BETTER -> badge(pair.second()) + " " + Html.escape(labels.get("isBetter"));
            default -> Html.escape(tables.verdict(pair, comparison));
        };
    }

    /** The winner's. */
    private String colour(PairComparison pair, Verdict verdict) {
        return switch (verdict) {
            case FIRST_BETTER -> Subjects.colour(names.indexOf(pair.first()));
            case SECOND_BETTER -> Subjects.colour(names.indexOf(pair.second()));
            default -> "neutral";
        };
    }

    private String marks(MetricComparison comparison) {
        StringBuilder marks = new StringBuilder(Svg.track());
        marks.append(Svg.line("zero", Svg.at(MIDDLE), Svg.at(MIDDLE), "10%", "90%"));
        double reach =
                ROOM * (isScore(comparison.metric()) ? scoreReach * range(comparison.metric()) : reach(comparison));
        double sign = comparison.metric().higherIsBetter() ? 1 : -1;
        comparison.interval().ifPresent(found -> {
            double one = share(sign * found.low(), reach);
            double other = share(sign * found.high(), reach);
            marks.append(Svg.span(Math.min(one, other), Math.max(one, other)));
        });
        boolean shown = comparison.verdict() == Verdict.FIRST_BETTER || comparison.verdict() == Verdict.SECOND_BETTER;
        comparison.difference().ifPresent(d -> marks.append(Svg.dot(share(sign * d, reach), shown)));
        return marks.toString();
    }

    private static double share(double difference, double reach) {
        return reach == 0 ? MIDDLE : MIDDLE + difference / reach / 2;
    }

    private static boolean isScore(Metric metric) {
        return metric.kind() == Metric.Kind.QUALITY;
    }

    private static double range(Metric metric) {
        return metric.high() - metric.low();
    }

    /** How far from zero a comparison gets. */
    private static double reach(MetricComparison comparison) {
        double difference = Math.abs(comparison.difference().orElse(0));
        return comparison
                .interval()
                .map(HtmlForest::furthest)
                .map(far -> Math.max(far, difference))
                .orElse(difference);
    }

    private static double furthest(Interval interval) {
        return Math.max(Math.abs(interval.low()), Math.abs(interval.high()));
    }
}

package dev.melancia.report;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.MetricSummary;
import dev.melancia.analysis.SubjectReport;
import dev.melancia.scorer.ScoreScale;
import dev.melancia.scorer.Scorer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Means with their intervals, one card a scorer. */
final class HtmlMeans {

    private final BenchmarkReport report;
    private final Figures figures;
    private final Tables tables;

    HtmlMeans(BenchmarkReport report, Figures figures) {
        this.report = report;
        this.figures = figures;
        this.tables = new Tables(report, figures);
    }

    String render() {
        return report.scorers().stream().map(this::card).collect(Collectors.joining());
    }

    private String card(Scorer scorer) {
        ScoreScale scale = scorer.scale();
        String rows = IntStream.range(0, report.subjects().size())
                .mapToObj(i -> row(i, scorer))
                .collect(Collectors.joining());
        return "<article class=\"card\"><h3>" + Html.escape(scorer.name()) + " <small>"
                + Html.escape(tables.scale(scale)) + "</small></h3>\n" + rows + axis(scale)
                + "</article>\n";
    }

    private String row(int index, Scorer scorer) {
        SubjectReport subject = report.subjects().get(index);
        MetricSummary summary = subject.metric(scorer.name());
        Cell cell = figures.summary(summary);
        StringBuilder marks = new StringBuilder(Svg.track());
        summary.interval()
                .ifPresent(found -> marks.append(
                        Svg.span(share(found.low(), scorer.scale()), share(found.high(), scorer.scale()))));
        summary.mean().ifPresent(mean -> marks.append(Svg.dot(share(mean, scorer.scale()), true)));
        String label = subject.name() + ": " + cell.line();
        return "<div class=\"row " + Subjects.colour(index) + "\"><span class=\"name\">" + Subjects.badge(index) + " "
                + Html.escape(subject.name()) + "</span>" + Svg.open("", label) + marks
                + "</svg><span class=\"value\"><b>" + Html.escape(cell.main()) + "</b><small>"
                + Html.escape(cell.detail()) + "</small></span></div>\n";
    }

    private String axis(ScoreScale scale) {
        String low = scale.yesNo() ? "0 %" : figures.digits(scale.low());
        String high = scale.yesNo() ? "100 %" : figures.digits(scale.high());
        return "<div class=\"row axis\"><span></span><span class=\"ends\"><span>" + low + "</span><span>" + high
                + "</span></span><span></span></div>\n";
    }

    private static double share(double value, ScoreScale scale) {
        return (value - scale.low()) / (scale.high() - scale.low());
    }
}

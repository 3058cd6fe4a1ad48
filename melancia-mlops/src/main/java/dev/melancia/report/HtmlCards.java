package dev.melancia.report;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.CostSummary;
import dev.melancia.analysis.Metric;
import dev.melancia.analysis.MetricSummary;
import dev.melancia.analysis.ParetoFront;
import dev.melancia.analysis.SubjectReport;
import java.math.BigDecimal;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One card a subject with the figures asked for first; they are the legend of letters and colours too. */
final class HtmlCards {

    private static final BigDecimal CALLS = new BigDecimal(1000);

    private final BenchmarkReport report;
    private final Figures figures;
    private final Labels labels;
    private final Metric quality;

    HtmlCards(BenchmarkReport report, Figures figures, Metric quality) {
        this.report = report;
        this.figures = figures;
        this.labels = figures.labels();
        this.quality = quality;
    }

    String render() {
        return IntStream.range(0, report.subjects().size())
                .mapToObj(i -> card(i, report.subjects().get(i)))
                .collect(Collectors.joining());
    }

    private String card(int index, SubjectReport subject) {
        MetricSummary latency = subject.metric(Metrics.latency(report).name());
        MetricSummary failures = subject.metric(Metrics.failures(report).name());
        Cell median = latency.median().value().stream()
                .mapToObj(seconds -> Cell.of(figures.time(seconds)))
                .findFirst()
                .orElse(Cell.none(figures.reason(latency.median().reason())));
        String p95 = latency.p95().value().stream()
                .mapToObj(figures::time)
                .findFirst()
                .orElse(figures.reason(latency.p95().reason()));
        String rate = failures.mean().stream()
                .mapToObj(mean -> figures.value(mean, failures.metric()))
                .findFirst()
                .orElse("–");
        String of = labels.get(
                "of", subject.failures().successes(), subject.failures().n());
        return "<li class=\"card " + Subjects.colour(index) + "\"><h3>" + Subjects.badge(index) + "<span>"
                + Html.escape(subject.name()) + "</span></h3><dl>"
                + figure(quality.label(labels.language()), figures.summary(subject.metric(quality.name())))
                + figure(labels.get("card.latency"), new Cell(median.line(), labels.get("card.p95", p95), 0))
                + figure(labels.get("card.failures"), new Cell(rate, of + ", " + figures.interval(failures), 0))
                + figure(labels.get("card.cost"), cost(subject.cost()))
                + "</dl>" + standing(report.pareto().points().get(index)) + "</li>\n";
    }

    private String standing(ParetoFront.Point point) {
        String text = labels.get("pareto." + point.standing(), String.join(", ", point.dominatedBy()));
        return "<p class=\"pareto\">" + Html.escape(text) + "</p>";
    }

    private Cell cost(CostSummary cost) {
        String total = labels.get("card.cost.note", figures.totalCost(cost).line());
        return cost.usdPerKnownCall()
                .map(usd -> new Cell(figures.usd(usd.multiply(CALLS)), total, 0))
                .orElse(new Cell(labels.get("unknown"), "", 0));
    }

    private static String figure(String name, Cell cell) {
        String main = cell.isNone() ? cell.detail() : cell.main();
        String detail = cell.isNone() ? "" : cell.detail();
        return "<div><dt>" + Html.escape(name) + "</dt><dd><b>" + Html.escape(main) + "</b><small>"
                + Html.escape(detail) + "</small></dd></div>";
    }
}

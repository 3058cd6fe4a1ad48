package dev.melancia.report;

import dev.melancia.comparison.ComparedMetric;
import dev.melancia.comparison.MetricValue;
import dev.melancia.comparison.RunsReport;
import dev.melancia.experiment.RecordedRun;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Runs side by side as one page: plain HTML, nothing from the network and no script. */
final class RunsPage {

    private static final int MOST_SENTENCES = 12;
    private static final int MOST_NAME = 24;

    private final RunsReport report;
    private final RunsTables tables;

    private RunsPage(RunsReport report) {
        this.report = report;
        this.tables = new RunsTables(report, MOST_NAME);
    }

    static String render(RunsReport report) {
        return new RunsPage(report).page();
    }

    private String page() {
        Map<String, String> holes = new HashMap<>();
        String style = PageParts.style();
        holes.put("style", style);
        holes.put("policy", PageParts.policy(style));
        holes.put("title", Html.escape(title()));
        holes.put("settings", items(tables.settings()));
        holes.put("conclusions", conclusions());
        holes.put("runs", HtmlTable.render(tables.runs(), "Runs", this::run));
        holes.put(
                "params",
                tables.params().isEmpty()
                        ? "<p class=\"note\">No parameter differs.</p>"
                        : HtmlTable.render(tables.params(), "Parameters that differ", i -> ""));
        holes.put("means", charts());
        holes.put("metrics", metrics());
        holes.put("tests", tests());
        holes.put("how", Html.escape(RunsTables.HOW));
        return Html.fill(Html.resource("runs.html"), holes);
    }

    private String title() {
        List<String> names =
                report.runs().stream().map(RecordedRun::experiment).distinct().toList();
        return names.size() == 1 ? names.get(0) : names.size() + " experiments";
    }

    private String run(int index) {
        return Subjects.badge(index) + " "
                + Html.escape(report.runs().get(index).name());
    }

    private static String items(List<String> texts) {
        return texts.stream().map(text -> "<li>" + Html.escape(text) + "</li>").collect(Collectors.joining());
    }

    private String conclusions() {
        List<Conclusions.Sentence> all = tables.conclusions();
        if (all.isEmpty()) {
            return "<li><span class=\"sign\" aria-hidden=\"true\">≈</span><span>No metric to name a best run by.</span></li>";
        }
        int rest = all.size() - MOST_SENTENCES;
        String more = rest <= 0
                ? ""
                : "<li><span class=\"sign\" aria-hidden=\"true\">…</span><span>" + rest
                        + " more in the table</span></li>";
        return all.stream().limit(MOST_SENTENCES).map(RunsPage::sentence).collect(Collectors.joining()) + more;
    }

    private static String sentence(Conclusions.Sentence sentence) {
        return "<li><span class=\"sign" + (sentence.shown() ? " yes" : "") + "\" aria-hidden=\"true\">"
                + (sentence.shown() ? "▲" : "≈") + "</span><span>" + Html.escape(sentence.text()) + "</span></li>\n";
    }

    private String metrics() {
        if (tables.metrics().isEmpty()) {
            return "<p class=\"note\">No run has a metric.</p>";
        }
        String asked = tables.undirected().isEmpty()
                ? ""
                : "<p class=\"note\">Unknown whether more or less is better: "
                        + Html.escape(String.join(", ", tables.undirected())) + ".</p>\n";
        return HtmlTable.render(tables.metrics(), "Metrics", i -> "") + asked;
    }

    private String tests() {
        return tables.pairs().isEmpty()
                ? ""
                : "<section id=\"tests\"><h2>Differences</h2>\n<p class=\"note\">First run minus second, with its 95 %"
                        + " interval.</p>\n" + HtmlTable.render(tables.pairs(), "Differences", i -> "")
                        + "</section>\n";
    }

    /** Means with their intervals, one card a metric. */
    private String charts() {
        String cards = report.metrics().stream()
                .filter(metric -> metric.kind() != ComparedMetric.Kind.SINGLE)
                .filter(metric ->
                        metric.values().stream().anyMatch(value -> value.value().isPresent()))
                .map(this::card)
                .collect(Collectors.joining());
        return cards.isEmpty() ? "" : "<div class=\"charts\">\n" + cards + "</div>\n";
    }

    private String card(ComparedMetric metric) {
        double low = ends(metric).min().orElse(0);
        double high = ends(metric).max().orElse(1);
        String rows = IntStream.range(0, metric.values().size())
                .mapToObj(i -> row(metric, i, low, high))
                .collect(Collectors.joining());
        return "<article class=\"card\"><h3>" + Html.escape(metric.key() + RunsTables.arrow(metric)) + "</h3>\n" + rows
                + "</article>\n";
    }

    private static DoubleStream ends(ComparedMetric metric) {
        return metric.values().stream()
                .flatMapToDouble(value -> DoubleStream.concat(
                        value.value().stream(),
                        value.interval().stream()
                                .flatMapToDouble(found -> DoubleStream.of(found.low(), found.high()))));
    }

    private String row(ComparedMetric metric, int index, double low, double high) {
        MetricValue value = metric.values().get(index);
        Cell cell = tables.value(metric, index);
        boolean best = metric.best().run().orElse(-1) == index;
        StringBuilder marks = new StringBuilder(Svg.track());
        value.interval()
                .ifPresent(
                        found -> marks.append(Svg.span(share(found.low(), low, high), share(found.high(), low, high))));
        OptionalDouble figure = value.value();
        figure.ifPresent(mean -> marks.append(Svg.dot(share(mean, low, high), best)));
        String label = tables.name(index) + ": " + cell.line();
        return "<div class=\"row " + Subjects.colour(index) + "\"><span class=\"name\">" + run(index) + "</span>"
                + Svg.open("", label) + marks + "</svg><span class=\"value\"><b>" + Html.escape(cell.main())
                + "</b><small>" + Html.escape(cell.detail()) + "</small></span></div>\n";
    }

    private static double share(double value, double low, double high) {
        return high > low ? (value - low) / (high - low) : .5;
    }
}

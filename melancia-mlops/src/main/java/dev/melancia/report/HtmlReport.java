package dev.melancia.report;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.MetricSummary;
import dev.melancia.analysis.SubjectReport;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One page: head from a template, charts, table, questions. No script, nothing from the network. */
final class HtmlReport {

    private static final int COLOURS = 6;

    private HtmlReport() {}

    static String render(BenchmarkReport report) {
        return Html.fill(
                Html.resource("report.html"),
                Map.of(
                        "title", Html.escape(report.dataset().name()),
                        "settings", Html.escape(Headline.settings(report)),
                        "subjects", subjects(report.subjects()),
                        "charts", HtmlCharts.render(report),
                        "intervals", Html.escape(Headline.INTERVALS),
                        "operation", table(SummaryTable.operation(report)),
                        "operationNote", Html.escape(Headline.OPERATION),
                        "questions", HtmlQuestions.render(report)));
    }

    /** The class that gives a subject its colour; colours repeat after six, names do not. */
    static String colour(int subject) {
        return "c" + subject % COLOURS;
    }

    /** One card a subject with the figures asked for first; it is the legend too. */
    private static String subjects(List<SubjectReport> subjects) {
        return IntStream.range(0, subjects.size())
                .mapToObj(i -> "<li class=\"card " + colour(i) + "\"><h3><i></i>"
                        + Html.escape(subjects.get(i).name()) + "</h3><dl>" + figures(subjects.get(i)) + "</dl></li>\n")
                .collect(Collectors.joining());
    }

    private static String figures(SubjectReport subject) {
        MetricSummary first = subject.metrics().get(0);
        return figure(first.name(), Figures.metric(first))
                + figure(
                        "latency median", Figures.time(subject.metric("latency").median()))
                + figure("failed", Figures.rate(subject.failures()))
                + figure("cost a call", Figures.costPerCall(subject.cost()));
    }

    private static String figure(String name, String figure) {
        return "<div><dt>" + Html.escape(name) + "</dt><dd>" + cell(figure) + "</dd></div>";
    }

    private static String table(SummaryTable table) {
        String head = table.header().stream()
                .map(cell -> "<th scope=\"col\">" + Html.escape(cell) + "</th>")
                .collect(Collectors.joining());
        String body = IntStream.range(0, table.rows().size())
                .mapToObj(i -> row(table.header(), table.rows().get(i), i))
                .collect(Collectors.joining());
        return "<thead><tr>" + head + "</tr></thead>\n<tbody>\n" + body + "</tbody>";
    }

    private static String row(List<String> header, List<String> cells, int subject) {
        String rest = IntStream.range(1, cells.size())
                .mapToObj(i -> "<td data-label=\"" + Html.escape(header.get(i)) + "\">" + cell(cells.get(i)) + "</td>")
                .collect(Collectors.joining());
        return "<tr class=\"" + colour(subject) + "\"><th scope=\"row\"><i></i>" + Html.escape(cells.get(0)) + "</th>"
                + rest + "</tr>\n";
    }

    /** The first figure stands out; brackets and counts recede. */
    private static String cell(String text) {
        int end = text.indexOf(text.contains("[") ? " [" : " (");
        return end < 0
                ? "<b>" + Html.escape(text) + "</b>"
                : "<b>" + Html.escape(text.substring(0, end)) + "</b> <small>" + Html.escape(text.substring(end + 1))
                        + "</small>";
    }
}

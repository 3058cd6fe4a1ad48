package dev.melancia.report;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.Metric;
import dev.melancia.analysis.ReportLanguage;
import dev.melancia.analysis.SubjectReport;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One page: what was found as plain HTML, single questions as data for its own script. Nothing from the network. */
final class HtmlReport {

    private static final int MOST_PAIRS = 6;
    private static final int MOST_FAILURES = 20;

    private final BenchmarkReport report;
    private final Figures figures;
    private final Labels labels;
    private final Tables tables;
    private final Conclusions conclusions;

    private HtmlReport(BenchmarkReport report, ReportLanguage language) {
        this.report = report;
        this.labels = Labels.of(language);
        this.figures = new Figures(labels);
        this.tables = new Tables(report, figures);
        this.conclusions = new Conclusions(report, figures);
    }

    static String render(BenchmarkReport report, ReportLanguage language) {
        return new HtmlReport(report, language).page();
    }

    private String page() {
        Map<String, String> holes = new HashMap<>();
        labels.texts().forEach((key, text) -> holes.put("t." + key, Html.escape(text)));
        String style = PageParts.style();
        String script = PageParts.script();
        holes.put("lang", labels.language().tag());
        holes.put("title", Html.escape(report.dataset().name()));
        holes.put("style", style);
        holes.put("script", script);
        holes.put("policy", PageParts.policy(style, script));
        data(holes);
        head(holes);
        sections(holes);
        return Html.fill(Html.resource("report.html"), holes);
    }

    private void data(Map<String, String> holes) {
        String json = PageData.json(report, figures);
        String packed = PageParts.deflated(json);
        holes.put("encoding", packed.isEmpty() ? "" : " data-encoding=\"deflate\"");
        holes.put("data", packed.isEmpty() ? json : packed);
    }

    private void head(Map<String, String> holes) {
        holes.put("settings", items(conclusions.settings()));
        holes.put(
                "warnings",
                conclusions.warnings().stream()
                        .map(text -> "<p class=\"warning\">⚠ " + Html.escape(text) + "</p>\n")
                        .collect(Collectors.joining()));
        holes.put("contents", contents());
        List<Conclusions.Sentence> pairs = conclusions.pairs();
        int shown = Math.min(pairs.size(), MOST_PAIRS);
        String lead =
                conclusions.lead().map(sentence -> sentence(sentence, "lead")).orElse("");
        holes.put("conclusions", lead + sentences(pairs.subList(0, shown)));
        holes.put("moreConclusions", more(sentences(pairs.subList(shown, pairs.size())), pairs.size() - shown, "ul"));
        holes.put("cards", new HtmlCards(report, figures, conclusions.headline()).render());
    }

    private String contents() {
        Stream<String> sections = Stream.of(
                "conclusions",
                "quality",
                report.pairs().isEmpty() ? "" : "comparisons",
                value().isEmpty() ? "" : "value",
                "operation",
                failures().isEmpty() ? "" : "failures",
                "questions",
                "method");
        return sections.filter(id -> !id.isEmpty())
                .map(id -> "<li><a href=\"#" + id + "\">" + Html.escape(labels.get(id)) + "</a></li>")
                .collect(Collectors.joining());
    }

    private static String items(List<String> texts) {
        return texts.stream().map(text -> "<li>" + Html.escape(text) + "</li>").collect(Collectors.joining());
    }

    private static String sentences(List<Conclusions.Sentence> sentences) {
        return sentences.stream().map(sentence -> sentence(sentence, "")).collect(Collectors.joining());
    }

    private static String sentence(Conclusions.Sentence sentence, String classes) {
        return "<li class=\"" + classes + "\"><span class=\"sign" + (sentence.shown() ? " yes" : "")
                + "\" aria-hidden=\"true\">" + (sentence.shown() ? "▲" : "≈") + "</span><span>"
                + Html.escape(sentence.text())
                + "</span></li>\n";
    }

    private String more(String markup, int count, String element) {
        return markup.isEmpty()
                ? ""
                : "<details class=\"more\"><summary>" + Html.escape(labels.get("more", count)) + "</summary><" + element
                        + (element.equals("div") ? " class=\"charts\"" : "") + ">" + markup + "</" + element
                        + "></details>\n";
    }

    private void sections(Map<String, String> holes) {
        holes.put("means", new HtmlMeans(report, figures).render());
        holes.put("qualityTable", bySubject(tables.quality(), labels.get("quality")));
        holes.put("comparisons", comparisons());
        holes.put("value", value());
        holes.put("latency", new HtmlLatency(report, figures).render());
        holes.put("operationTable", bySubject(tables.operation(), labels.get("operation")));
        holes.put("failures", failures());
        holes.put("scorersTable", HtmlTable.render(tables.scorers(), labels.get("method"), i -> ""));
    }

    private String bySubject(Table table, String label) {
        String caution = tables.caution(table)
                .map(text -> "<p class=\"note\">" + Html.escape(text) + "</p>\n")
                .orElse("");
        return HtmlTable.render(table.transposed(labels.get("subject")), label, i -> subject(i)) + caution;
    }

    private String subject(int index) {
        return Subjects.badge(index) + " "
                + Html.escape(report.subjects().get(index).name());
    }

    private String comparisons() {
        int pairs = report.pairs().size();
        if (pairs == 0) {
            return "";
        }
        HtmlForest forest = new HtmlForest(report, figures);
        int shown = Math.min(pairs, MOST_PAIRS);
        return section("comparisons", "comparisonsNote")
                + "<div class=\"charts\">\n" + forest.render(0, shown) + "</div>\n"
                + more(forest.render(shown, pairs), pairs - shown, "div")
                + pairTable() + "</section>\n";
    }

    private String pairTable() {
        Table table = tables.pairs();
        return "<details class=\"more\"><summary>"
                + Html.escape(labels.get("allPairs", table.rows().size())) + "</summary>"
                + HtmlTable.render(table, labels.get("comparisons"), pairNames()::get) + "</details>\n";
    }

    /** Badges for the rows of the table of pairs; the cards above say whose they are. */
    private List<String> pairNames() {
        List<String> names = report.subjects().stream().map(SubjectReport::name).toList();
        return report.pairs().stream()
                .flatMap(pair -> Tables.measured(pair)
                        .map(metric -> Subjects.badge(names.indexOf(pair.first())) + " − "
                                + Subjects.badge(names.indexOf(pair.second()))))
                .toList();
    }

    private String section(String id, String note) {
        return "<section id=\"" + id + "\"><h2>" + Html.escape(labels.get(id)) + "</h2>\n"
                + (note.isEmpty() ? "" : "<p class=\"note\">" + Html.escape(labels.get(note)) + "</p>\n");
    }

    private String value() {
        Metric quality = conclusions.headline();
        HtmlScatter scatter = new HtmlScatter(report, figures, quality);
        String cards = scatter.render(Metrics.cost(report), labels.get("scatter.cost"))
                + scatter.render(Metrics.latency(report), labels.get("scatter.latency"));
        Table projection = tables.projection();
        if (cards.isEmpty() && projection.isEmpty()) {
            return "";
        }
        String charts = cards.isEmpty() ? "" : "<div class=\"charts\">\n" + cards + "</div>\n";
        String costs = projection.isEmpty()
                ? ""
                : HtmlTable.render(projection, labels.get("projection"), i -> "") + "<p class=\"note\">"
                        + Html.escape(labels.get("projection.note")) + "</p>\n" + calculator();
        return section("value", "") + charts + costs + "</section>\n";
    }

    /** Each question leads to its answers. */
    private String failureTable() {
        Table table = tables.failures(MOST_FAILURES);
        return HtmlTable.render(
                table,
                labels.get("failures"),
                i -> link(table.rows().get(i).get(0).main()));
    }

    private static String link(String id) {
        String address = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
        return "<a href=\"#q=" + Html.escape(address) + "\">" + Html.escape(id) + "</a>";
    }

    /** Shown by the script, which fills it. */
    private String calculator() {
        return "<div class=\"card screen\" id=\"calculator\" hidden=\"hidden\"><h3>"
                + Html.escape(labels.get("calculator"))
                + "</h3><div class=\"tools\"><label>" + Html.escape(labels.get("calculator.paid"))
                + "<select id=\"calculated\"></select></label>" + field("calls", 1_000) + field("share", 100)
                + field("server", 0) + "</div><p><b id=\"monthly\" role=\"status\"></b></p></div>\n";
    }

    private String field(String id, int value) {
        return "<label>" + Html.escape(labels.get("calculator." + id)) + "<input id=\"" + id
                + "\" type=\"number\" min=\"0\" value=\"" + value + "\"/></label>";
    }

    private String failures() {
        int failed = report.subjects().stream()
                .map(SubjectReport::failures)
                .mapToInt(failures -> failures.successes())
                .sum();
        if (failed == 0) {
            return "";
        }
        String rest = failed <= MOST_FAILURES
                ? ""
                : "<p class=\"note\">" + Html.escape(labels.get("failures.more", failed - MOST_FAILURES)) + "</p>\n";
        return section("failures", "") + failureTable() + rest + "</section>\n";
    }
}

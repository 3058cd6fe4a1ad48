package dev.melancia.report;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.ReportLanguage;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The conclusions and the tables in GitHub's Markdown, for a comment on a pull request. */
final class MarkdownReport {

    private static final int MOST_FAILURES = 20;

    private MarkdownReport() {}

    static String render(BenchmarkReport report, ReportLanguage language) {
        Labels labels = Labels.of(language);
        Figures figures = new Figures(labels);
        Tables tables = new Tables(report, figures);
        Conclusions conclusions = new Conclusions(report, figures);
        String sentences = Stream.concat(
                        conclusions.lead().map(lead -> "**" + escape(lead.text()) + "**").stream(),
                        conclusions.pairs().stream().map(sentence -> escape(sentence.text())))
                .map(text -> "- " + text + "\n")
                .collect(Collectors.joining());
        Table failures = tables.failures(MOST_FAILURES);
        String caution = tables.caution(tables.quality(), tables.operation())
                .map(text -> "\n\n" + escape(text))
                .orElse("");
        return "# Benchmark " + escape(report.dataset().name()) + "\n\n" + warnings(conclusions) + sentences + "\n"
                + String.join(" · ", conclusions.settings()) + "\n\n"
                + "## " + labels.get("quality") + "\n\n" + table(tables.quality()) + "\n" + labels.get("intervals")
                + "\n\n"
                + "## " + labels.get("operation") + "\n\n" + table(tables.operation()) + "\n"
                + labels.get("operationNote")
                + caution
                + "\n\n"
                + folded(labels.get("comparisons"), tables.pairs())
                + folded(labels.get("failures"), failures)
                + folded(labels.get("method"), tables.scorers());
    }

    private static String warnings(Conclusions conclusions) {
        return conclusions.warnings().stream()
                .map(text -> "> **" + escape(text) + "**\n\n")
                .collect(Collectors.joining());
    }

    private static String folded(String title, Table table) {
        return table.isEmpty()
                ? ""
                : "<details><summary>" + title + "</summary>\n\n" + table(table) + "\n</details>\n\n";
    }

    private static String table(Table table) {
        List<String> rule = Collections.nCopies(table.header().size(), "---");
        return row(table.header()) + "|" + String.join("|", rule) + "|\n"
                + table.rows().stream()
                        .map(row -> row(row.stream().map(Cell::line).toList()))
                        .collect(Collectors.joining());
    }

    private static String row(List<String> cells) {
        return cells.stream().map(MarkdownReport::escape).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String escape(String text) {
        return text.replaceAll("([\\\\`*_\\[\\]<>|#~&!])", "\\\\$1").replaceAll("\\p{Cntrl}+", " ");
    }
}

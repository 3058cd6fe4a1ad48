package dev.melancia.report;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.scorer.Scorer;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** The tables in GitHub's Markdown. */
final class MarkdownReport {

    private MarkdownReport() {}

    static String render(BenchmarkReport report) {
        return "# Benchmark " + escape(report.dataset().name()) + "\n\n" + Headline.settings(report)
                + "\n\n## Quality\n\n"
                + table(SummaryTable.quality(report)) + "\n" + Headline.INTERVALS + "\n\n## Operation\n\n"
                + table(SummaryTable.operation(report)) + "\n" + Headline.OPERATION + "\n\n## Scorers\n\n"
                + report.scorers().stream().map(MarkdownReport::scorer).collect(Collectors.joining());
    }

    private static String table(SummaryTable table) {
        List<String> rule = Collections.nCopies(table.header().size(), "---");
        return row(table.header()) + "|" + String.join("|", rule) + "|\n"
                + table.rows().stream().map(MarkdownReport::row).collect(Collectors.joining());
    }

    private static String row(List<String> cells) {
        return cells.stream().map(MarkdownReport::escape).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String scorer(Scorer scorer) {
        return "- **" + escape(scorer.name()) + "** (" + scorer.scale() + "): " + escape(scorer.measures())
                + ". Cannot see: " + escape(scorer.blindTo()) + ".\n";
    }

    private static String escape(String text) {
        return text.replaceAll("([\\\\`*_\\[\\]<>|#~&!])", "\\\\$1").replaceAll("\\p{Cntrl}+", " ");
    }
}

package dev.melancia.report;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.ReportLanguage;
import java.util.stream.Stream;

/** Sentences and aligned tables for a terminal. Control characters of names are blanked, so that no name can steer it. */
final class TextReport {

    private static final int MOST_FAILURES = 5;

    private TextReport() {}

    static String render(BenchmarkReport report, ReportLanguage language) {
        Labels labels = Labels.of(language);
        Figures figures = new Figures(labels);
        Tables tables = new Tables(report, figures);
        Conclusions conclusions = new Conclusions(report, figures);
        StringBuilder out = new StringBuilder(
                "Benchmark " + TextTable.clean(report.dataset().name()) + "\n");
        out.append(TextTable.wrapped(String.join(" · ", conclusions.settings()), ""))
                .append('\n');
        conclusions.warnings().forEach(text -> out.append(TextTable.wrapped(text, "! ")));
        Stream.concat(conclusions.lead().stream(), conclusions.pairs().stream())
                .forEach(sentence -> out.append(TextTable.wrapped(sentence.text(), sentence.shown() ? "* " : "- ")));
        out.append('\n')
                .append(TextTable.table(tables.quality()))
                .append('\n')
                .append(TextTable.table(tables.operation()));
        Table failures = tables.failures(MOST_FAILURES);
        if (!failures.isEmpty()) {
            out.append('\n').append(TextTable.wide(failures));
        }
        String caution = tables.caution(tables.quality(), tables.operation())
                .map(text -> TextTable.wrapped(text, ""))
                .orElse("");
        return out.append('\n')
                .append(caution)
                .append(TextTable.wrapped(labels.get("intervals"), ""))
                .append(TextTable.wrapped(labels.get("operationNote"), ""))
                .toString();
    }
}

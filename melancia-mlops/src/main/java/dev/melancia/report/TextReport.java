package dev.melancia.report;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.ReportLanguage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Sentences and aligned tables for a terminal. Control characters of names are blanked, so that no name can steer it. */
final class TextReport {

    private static final int WIDTH = 116;
    private static final int GAP = 2;
    private static final int MOST_FAILURES = 5;

    private TextReport() {}

    static String render(BenchmarkReport report, ReportLanguage language) {
        Labels labels = Labels.of(language);
        Figures figures = new Figures(labels);
        Tables tables = new Tables(report, figures);
        Conclusions conclusions = new Conclusions(report, figures);
        StringBuilder out =
                new StringBuilder("Benchmark " + clean(report.dataset().name()) + "\n");
        out.append(wrapped(String.join(" · ", conclusions.settings()), "")).append('\n');
        conclusions.warnings().forEach(text -> out.append(wrapped(text, "! ")));
        Stream.concat(conclusions.lead().stream(), conclusions.pairs().stream())
                .forEach(sentence -> out.append(wrapped(sentence.text(), sentence.shown() ? "* " : "- ")));
        out.append('\n').append(table(tables.quality())).append('\n').append(table(tables.operation()));
        Table failures = tables.failures(MOST_FAILURES);
        if (!failures.isEmpty()) {
            out.append('\n').append(wide(failures));
        }
        String caution = tables.caution(tables.quality(), tables.operation())
                .map(text -> wrapped(text, ""))
                .orElse("");
        return out.append('\n')
                .append(caution)
                .append(wrapped(labels.get("intervals"), ""))
                .append(wrapped(labels.get("operationNote"), ""))
                .toString();
    }

    /** As many columns side by side as the width holds, the rest below. */
    private static String table(Table table) {
        StringBuilder out = new StringBuilder();
        int from = 1;
        while (from < table.header().size()) {
            int to = from + 1;
            while (to < table.header().size() && total(table.columns(from, to + 1)) <= WIDTH) {
                to++;
            }
            out.append(from == 1 ? "" : "\n").append(wide(table.columns(from, to)));
            from = to;
        }
        return out.toString();
    }

    private static int total(Table table) {
        return widths(lines(table)).stream().mapToInt(width -> width + GAP).sum() - GAP;
    }

    private static List<List<String>> lines(Table table) {
        return Stream.concat(
                        Stream.of(table.header().stream().map(TextReport::clean).toList()),
                        table.rows().stream()
                                .map(row -> row.stream()
                                        .map(Cell::line)
                                        .map(TextReport::clean)
                                        .toList()))
                .toList();
    }

    private static List<Integer> widths(List<List<String>> lines) {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < lines.get(0).size(); column++) {
            int at = column;
            widths.add(
                    lines.stream().mapToInt(line -> width(line.get(at))).max().orElse(0));
        }
        return widths;
    }

    private static String wide(Table table) {
        List<List<String>> lines = lines(table);
        List<Integer> widths = widths(lines);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            out.append(line(lines.get(i), widths)).append('\n');
            if (i == 0) {
                out.append(line(widths.stream().map("-"::repeat).toList(), widths))
                        .append('\n');
            }
        }
        return out.toString();
    }

    /** Cut at the width: only a long error message reaches it. */
    private static String line(List<String> cells, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            line.append(cells.get(i)).append(" ".repeat(widths.get(i) - width(cells.get(i)) + GAP));
        }
        String text = line.toString().stripTrailing();
        return width(text) <= WIDTH ? text : text.substring(0, text.offsetByCodePoints(0, WIDTH - 1)) + "…";
    }

    /** A paragraph broken at spaces; its later lines stand under its first word. */
    private static String wrapped(String text, String sign) {
        StringBuilder out = new StringBuilder(sign);
        int at = sign.length();
        for (String word : clean(text).split(" ", -1)) {
            if (at > sign.length() && at + 1 + width(word) > WIDTH) {
                out.append('\n').append(" ".repeat(sign.length()));
                at = sign.length();
            } else if (at > sign.length()) {
                out.append(' ');
                at++;
            }
            out.append(word);
            at += width(word);
        }
        return out.append('\n').toString();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String clean(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}]", " ");
    }
}

package dev.melancia.report;

import dev.melancia.analysis.BenchmarkReport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Aligned tables for a terminal. Control characters of names are blanked, so that no name can steer the terminal. */
final class TextReport {

    private TextReport() {}

    static String render(BenchmarkReport report) {
        return "Benchmark " + clean(report.dataset().name()) + "\n" + Headline.settings(report) + "\n\n"
                + table(SummaryTable.quality(report)) + "\n" + table(SummaryTable.operation(report)) + "\n"
                + Headline.INTERVALS + "\n" + Headline.OPERATION + "\n";
    }

    private static String table(SummaryTable table) {
        List<List<String>> lines = Stream.concat(Stream.of(table.header()), table.rows().stream())
                .map(row -> row.stream().map(TextReport::clean).toList())
                .toList();
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < table.header().size(); column++) {
            int at = column;
            widths.add(
                    lines.stream().mapToInt(line -> width(line.get(at))).max().orElse(0));
        }
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

    private static String line(List<String> cells, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            line.append(cells.get(i)).append(" ".repeat(widths.get(i) - width(cells.get(i)) + 2));
        }
        return line.toString().stripTrailing();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String clean(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}]", " ");
    }
}

package dev.melancia.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Tables and paragraphs of at most 116 columns. Control characters are blanked, so that no name can steer a terminal. */
final class TextTable {

    private static final int WIDTH = 116;
    private static final int GAP = 2;

    private TextTable() {}

    /** As many columns side by side as the width holds, the rest below. */
    static String table(Table table) {
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
                        Stream.of(table.header().stream().map(TextTable::clean).toList()),
                        table.rows().stream()
                                .map(row -> row.stream()
                                        .map(Cell::line)
                                        .map(TextTable::clean)
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

    static String wide(Table table) {
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
    static String wrapped(String text, String sign) {
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

    static String clean(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}]", " ");
    }
}

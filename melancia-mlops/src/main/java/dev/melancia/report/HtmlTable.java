package dev.melancia.report;

import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table that a click can sort, and that becomes a list of cards on a phone. */
final class HtmlTable {

    private HtmlTable() {}

    /**
     * The table.
     *
     * @param label its name for those who do not see it
     * @param names markup that names each row, by its index; its own name where that is empty
     */
    static String render(Table table, String label, IntFunction<String> names) {
        String head = table.header().stream()
                .map(name -> "<th scope=\"col\">" + Html.escape(name) + "</th>")
                .collect(Collectors.joining());
        String body = IntStream.range(0, table.rows().size())
                .mapToObj(i -> row(table.header(), table.rows().get(i), names.apply(i)))
                .collect(Collectors.joining());
        return "<div class=\"scroll\"><table class=\"sortable stack\" aria-label=\"" + Html.escape(label)
                + "\"><thead><tr>" + head + "</tr></thead>\n<tbody>\n" + body + "</tbody></table></div>\n";
    }

    private static String row(List<String> header, List<Cell> cells, String name) {
        String rest = IntStream.range(1, cells.size())
                .mapToObj(i -> "<td data-label=\"" + Html.escape(header.get(i)) + "\"" + key(cells.get(i)) + ">"
                        + cell(cells.get(i)) + "</td>")
                .collect(Collectors.joining());
        return "<tr><th scope=\"row\">"
                + (name.isEmpty() ? Html.escape(cells.get(0).main()) : name) + "</th>" + rest + "</tr>\n";
    }

    /** A column of numbers is sorted by them; an empty key is an unknown. */
    private static String key(Cell cell) {
        if (Double.isNaN(cell.sort())) {
            return cell.isNone() ? " data-v=\"\"" : "";
        }
        return String.format(Locale.ROOT, " data-v=\"%.9g\"", cell.sort());
    }

    private static String cell(Cell cell) {
        boolean figure = !Double.isNaN(cell.sort()) || cell.isNone();
        String main = figure ? "<b>" + Html.escape(cell.main()) + "</b>" : Html.escape(cell.main());
        return cell.detail().isEmpty() ? main : main + " <small>" + Html.escape(cell.detail()) + "</small>";
    }
}

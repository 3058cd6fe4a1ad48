package dev.melancia.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table before it is Markdown, text or HTML. Immutable.
 *
 * @param header names of the columns
 * @param rows cells, as many in a row as there are columns; the first names the row
 */
record Table(List<String> header, List<List<Cell>> rows) {

    Table {
        header = List.copyOf(header);
        rows = rows.stream().map(List::copyOf).toList();
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Rows become columns; the corner stays. */
    Table transposed(String corner) {
        List<String> names = Stream.concat(
                        Stream.of(corner), rows.stream().map(row -> row.get(0).main()))
                .toList();
        List<List<Cell>> turned = IntStream.range(1, header.size())
                .mapToObj(column -> Stream.concat(
                                Stream.of(Cell.of(header.get(column))),
                                rows.stream().map(row -> row.get(column)))
                        .toList())
                .toList();
        return new Table(names, turned);
    }

    /** The first column and some of the others. */
    Table columns(int from, int to) {
        List<String> names = new ArrayList<>(List.of(header.get(0)));
        names.addAll(header.subList(from, to));
        List<List<Cell>> parts = rows.stream()
                .map(row -> Stream.concat(Stream.of(row.get(0)), row.subList(from, to).stream())
                        .toList())
                .toList();
        return new Table(names, parts);
    }
}

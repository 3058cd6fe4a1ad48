package dev.melancia.mlflow.artifact;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table that MLflow's pages show and compare among runs, the one that {@code mlflow.load_table} reads. Immutable.
 *
 * @param columns names in order, each once, at least one
 * @param rows in order, each with a value for every column: text, number, boolean or null. NaN and the infinities become
 *     text
 * @since 0.1.0
 */
public record ArtifactTable(List<String> columns, List<List<@Nullable Object>> rows) {

    /**
     * Checks the form of the table.
     *
     * @throws IllegalArgumentException when a row has another number of values than there are columns, and for values of
     *     other types
     */
    public ArtifactTable {
        columns = List.copyOf(columns);
        if (columns.isEmpty() || new HashSet<>(columns).size() < columns.size()) {
            throw new IllegalArgumentException("a table must have columns with different names, had " + columns);
        }
        List<List<@Nullable Object>> copies = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            check(row, copies.size(), columns);
            copies.add(Collections.unmodifiableList(new ArrayList<>(row)));
        }
        rows = Collections.unmodifiableList(copies);
    }

    private static void check(List<@Nullable Object> row, int number, List<String> columns) {
        if (row.size() != columns.size()) {
            throw new IllegalArgumentException("row " + number + " must have " + columns.size()
                    + " values, one for each column, had " + row.size());
        }
        for (int i = 0; i < row.size(); i++) {
            Object value = row.get(i);
            if (value != null
                    && !(value instanceof String)
                    && !(value instanceof Number)
                    && !(value instanceof Boolean)) {
                throw new IllegalArgumentException("column \"" + columns.get(i) + "\" of row " + number
                        + " must be a text, a number, a boolean or null, was a "
                        + value.getClass().getName());
            }
        }
    }

    /** The same table with the rows of another one below. The columns must be the same, in order. */
    ArtifactTable with(ArtifactTable below) {
        if (!columns.equals(below.columns)) {
            throw new IllegalArgumentException("rows can be added to a table with the same columns only: it has "
                    + columns + ", these have " + below.columns);
        }
        List<List<@Nullable Object>> all = new ArrayList<>(rows);
        all.addAll(below.rows);
        return new ArtifactTable(columns, all);
    }

    /** Without content. */
    @Override
    public String toString() {
        return "ArtifactTable[" + columns + ", " + rows.size() + " rows]";
    }
}

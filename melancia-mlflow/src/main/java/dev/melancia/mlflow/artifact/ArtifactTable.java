package dev.melancia.mlflow.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table that MLflow's pages show and compare among runs, the one that {@code mlflow.load_table} reads. Immutable.
 *
 * @param columns names in order, each once, at least one
 * @param rows in order, each with a value for every column. Texts, booleans, finite numbers and null are kept; NaN and the
 *     infinities become null, as JSON has none; of everything else the {@code toString()} is kept
 * @since 0.1.0
 */
public record ArtifactTable(List<String> columns, List<List<@Nullable Object>> rows) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * Checks the form of the table.
     *
     * @throws IllegalArgumentException when a row has another number of values than there are columns
     */
    public ArtifactTable {
        columns = List.copyOf(columns);
        if (columns.isEmpty() || new HashSet<>(columns).size() < columns.size()) {
            throw new IllegalArgumentException("a table must have columns with different names, had " + columns);
        }
        rows = copies(columns.size(), rows);
    }

    /** The same for rows of any type. */
    public static ArtifactTable of(List<String> columns, List<? extends List<? extends @Nullable Object>> rows) {
        return new ArtifactTable(columns, copies(columns.size(), rows));
    }

    private static List<List<@Nullable Object>> copies(
            int columns, List<? extends List<? extends @Nullable Object>> rows) {
        List<List<@Nullable Object>> copies = new ArrayList<>();
        for (List<? extends @Nullable Object> row : rows) {
            if (row.size() != columns) {
                throw new IllegalArgumentException("row " + copies.size() + " must have " + columns
                        + " values, one for each column, had " + row.size());
            }
            List<@Nullable Object> copy = new ArrayList<>();
            row.forEach(value -> copy.add(kept(value)));
            copies.add(Collections.unmodifiableList(copy));
        }
        return Collections.unmodifiableList(copies);
    }

    private static @Nullable Object kept(@Nullable Object value) {
        if (value == null || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Double || value instanceof Float) {
            return Double.isFinite(((Number) value).doubleValue()) ? value : null;
        }
        return value instanceof Number ? value : value.toString();
    }

    /** The file that MLflow's pages and its Python client read: an object with {@code columns} and {@code data}, in UTF-8. */
    public byte[] json() {
        try {
            return MAPPER.writeValueAsBytes(MAPPER.createObjectNode()
                    .<ObjectNode>set("columns", MAPPER.valueToTree(columns))
                    .set("data", MAPPER.valueToTree(rows)));
        } catch (JsonProcessingException impossibleInMemory) {
            throw new IllegalStateException(impossibleInMemory);
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

package dev.melancia.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;

/** Rows of a CSV file as the objects that JSON lines would hold. */
final class CsvRows {

    private static final Set<String> SEVERAL = Set.of("references", "sources", "tags");
    private static final CsvMapper CSV = CsvMapper.builder()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build();

    private final Function<String, DatasetException> problem;

    CsvRows(Function<String, DatasetException> problem) {
        this.problem = problem;
    }

    /** Tells each row with the line it ends on, from 1. */
    void read(String text, ObjIntConsumer<JsonNode> row) {
        try (MappingIterator<String[]> rows = CSV.readerFor(String[].class).readValues(text)) {
            List<String> columns = List.of();
            while (rows.hasNextValue()) {
                List<String> cells = Arrays.asList(rows.nextValue());
                int line = rows.getParser().currentTokenLocation().getLineNr();
                if (columns.isEmpty()) {
                    columns = columns(cells);
                } else {
                    row.accept(object(columns, cells, line), line);
                }
            }
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw problem.apply("not valid CSV near line " + line + "; quotes inside a quoted cell must be doubled");
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot happen: the text is in memory
        }
    }

    private List<String> columns(List<String> cells) {
        List<String> columns = cells.stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
        if (columns.size() == 1 && columns.get(0).contains(";")) {
            throw problem.apply(
                    "cells must be separated by commas, the first row has semicolons; export it as CSV with commas");
        }
        if (columns.contains("turns")) {
            throw problem.apply("CSV has no column turns; give each turn a row and the column conversation");
        }
        if (new HashSet<>(columns).size() < columns.size()) {
            throw problem.apply("columns must have names of their own, were " + columns);
        }
        return columns;
    }

    private ObjectNode object(List<String> columns, List<String> cells, int line) {
        if (cells.size() > columns.size()) {
            throw problem.apply("the row that ends on line " + line + " has " + cells.size() + " cells, the header "
                    + columns.size() + "; a cell with a comma in it must stand in quotes");
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < cells.size(); i++) {
            put(object, columns.get(i), cells.get(i));
        }
        return object;
    }

    private static void put(ObjectNode object, String column, String cell) {
        if (cell.isBlank()) {
            return;
        }
        if (SEVERAL.contains(column)) {
            ArrayNode texts = object.putArray(column);
            Arrays.stream(cell.split("\\|"))
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .forEach(texts::add);
        } else if (column.equals("answerable") && isBoolean(cell)) {
            object.put(column, Boolean.parseBoolean(cell.strip()));
        } else {
            object.put(column, cell);
        }
    }

    private static boolean isBoolean(String cell) {
        return cell.strip().equalsIgnoreCase("true") || cell.strip().equalsIgnoreCase("false");
    }
}

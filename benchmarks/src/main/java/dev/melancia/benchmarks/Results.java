package dev.melancia.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** JMH's results of all rounds, by row: {@code Call.routed}, {@code Cache.lookup 64}, {@code Contention.breaker x8}. */
final class Results {

    static final String VIRTUAL = "virtual-caller";

    private final Map<String, List<Figures>> forks = new TreeMap<>();

    private Results() {}

    static Results of(Path folder) throws IOException {
        Results results = new Results();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(name -> name.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                boolean virtual = file.getFileName().toString().contains(VIRTUAL);
                for (JsonNode entry : new ObjectMapper().readTree(file.toFile())) {
                    results.forks
                            .computeIfAbsent(name(entry, virtual), row -> new ArrayList<>())
                            .add(Figures.of(entry));
                }
            }
        }
        return results;
    }

    private static String name(JsonNode entry, boolean virtual) {
        String[] parts = entry.path("benchmark").asText().split("\\.", -1);
        StringBuilder name = new StringBuilder(parts[parts.length - 2].replace("Benchmark", ""))
                .append('.')
                .append(parts[parts.length - 1]);
        entry.path("params").forEach(param -> name.append(' ').append(param.asText()));
        if (entry.path("mode").asText().equals("thrpt")) {
            name.append(" x").append(entry.path("threads").asInt());
        }
        return name.append(virtual ? " virtual" : "").toString();
    }

    /** Rows whose name begins so, in alphabetical order. */
    List<String> rows(String prefix) {
        return forks.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
    }

    /** The medians of a row's forks. */
    Figures figures(String row) {
        List<Figures> found = forks.get(row);
        return found == null ? Figures.NONE : Figures.median(found);
    }

    /** Lowest and highest of a row's forks. */
    double[] range(String row, ToDoubleFunction<Figures> figure) {
        double[] values = forks.getOrDefault(row, List.of()).stream()
                .mapToDouble(figure)
                .sorted()
                .toArray();
        return values.length == 0
                ? new double[] {Double.NaN, Double.NaN}
                : new double[] {values[0], values[values.length - 1]};
    }
}

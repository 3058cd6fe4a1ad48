package dev.melancia.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Prints a suite's results as the tables of {@code docs/performance.md}: environment, ratios with their bars, rows, and
 * throughput under contention. Figures are medians of forks; in brackets the lowest and the highest fork.
 */
public final class Summary {

    private static final double MICRO_FROM_NANOS = 10_000;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final String NOTHING = "";

    private final Results results;
    private final List<String> lines = new ArrayList<>();

    private Summary(Results results) {
        this.results = results;
    }

    /** Prints what lies in the folder of results. */
    public static void main(String[] args) throws IOException {
        System.out.println(of(Suite.results()));
    }

    static String of(Path folder) throws IOException {
        Summary summary = new Summary(Results.of(folder));
        Path environment = folder.resolve(Environment.FILE);
        if (Files.exists(environment)) {
            Files.readAllLines(environment).forEach(line -> summary.lines.add("- " + line));
        }
        summary.checks();
        summary.rows();
        summary.contention();
        return String.join("\n", summary.lines);
    }

    private void checks() {
        table("what | value | bar |", "---|---|---|---|");
        for (Check check : Check.all(results)) {
            if (check.isMeasured()) {
                String bar = Double.isNaN(check.bar()) ? NOTHING : plain(check.bar());
                lines.add("| " + check.what() + " | " + plain(check.value()) + " | " + bar + " | " + check.verdict()
                        + " |");
            }
        }
    }

    private void rows() {
        table("row | p50 | p99 | mean | CPU, caller | CPU, process | bytes |", "---|---|---|---|---|---|---|");
        for (String row : results.rows("")) {
            if (!row.startsWith("Contention.")) {
                lines.add("| " + row + " | " + String.join(" | ", cells(row)) + " |");
            }
        }
    }

    private List<String> cells(String row) {
        Figures figures = results.figures(row);
        boolean shots = row.startsWith("DistinctKeys.");
        return List.of(
                time(figures.median()) + range(row, Figures::median),
                time(figures.p99()),
                shots ? plain(figures.mean()) + " ms" : time(figures.mean()),
                shots ? NOTHING : time(figures.callerCpu()) + range(row, Figures::callerCpu),
                shots ? NOTHING : time(figures.processCpu()),
                Double.isNaN(figures.bytes()) ? NOTHING : String.format(Locale.ROOT, "%,.0f B", figures.bytes()));
    }

    private void contention() {
        List<String> rows = results.rows("Contention.");
        if (rows.isEmpty()) {
            return;
        }
        List<Integer> threads = rows.stream()
                .map(row -> Integer.valueOf(row.substring(row.lastIndexOf('x') + 1)))
                .distinct()
                .sorted()
                .toList();
        StringBuilder head = new StringBuilder("calls a µs, all threads together |");
        threads.forEach(count -> head.append(' ').append(count).append(" |"));
        table(head.toString(), "---|".repeat(threads.size() + 1));
        rows.stream()
                .map(row -> row.substring(0, row.lastIndexOf(' ')))
                .distinct()
                .forEach(part -> {
                    StringBuilder line = new StringBuilder("| ").append(part).append(" |");
                    threads.forEach(count -> line.append(' ')
                            .append(plain(results.figures(part + " x" + count).callsPerMicro()))
                            .append(" |"));
                    lines.add(line.toString());
                });
    }

    private void table(String head, String rule) {
        lines.add("");
        lines.add("| " + head + (head.contains("bar |") ? " |" : NOTHING));
        lines.add("|" + rule);
    }

    private String range(String row, ToDoubleFunction<Figures> figure) {
        double[] range = results.range(row, figure);
        return Double.isNaN(range[0]) || range[0] == range[1]
                ? NOTHING
                : " (" + time(range[0]) + " to " + time(range[1]) + ")";
    }

    private static String time(double nanos) {
        if (Double.isNaN(nanos)) {
            return NOTHING;
        }
        return nanos < MICRO_FROM_NANOS
                ? String.format(Locale.ROOT, "%,.0f ns", nanos)
                : String.format(Locale.ROOT, "%,.1f µs", nanos / NANOS_PER_MICRO);
    }

    /** Three digits that count. */
    private static String plain(double value) {
        if (Double.isNaN(value)) {
            return NOTHING;
        }
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
    }
}

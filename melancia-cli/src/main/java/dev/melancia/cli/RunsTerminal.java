package dev.melancia.cli;

import dev.melancia.experiment.RecordedRun;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs as a terminal shows them. Control characters are blanked, so that no name can steer it. */
final class RunsTerminal {

    private static final int SHORT_ID = 8;
    private static final int MOST_CELL = 60;

    private RunsTerminal() {}

    static void list(List<RecordedRun> runs, PrintWriter out) {
        List<List<String>> rows = new ArrayList<>(List.of(List.of("ID", "STATUS", "STARTED", "EXPERIMENT", "NAME")));
        for (RecordedRun run : runs) {
            rows.add(List.of(
                    run.id().substring(0, SHORT_ID),
                    run.status().name(),
                    run.startedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                    run.experiment(),
                    run.name()));
        }
        columns(rows, out);
        out.flush();
    }

    static void show(RecordedRun run, PrintWriter out) {
        List<List<String>> head = new ArrayList<>(List.of(
                List.of("run", run.name()),
                List.of("id", run.id()),
                List.of("experiment", run.experiment()),
                List.of("status", run.status().name()),
                List.of("started", run.startedAt().toString())));
        run.endedAt().ifPresent(end -> head.add(List.of("ended", end.toString())));
        run.parentId().ifPresent(parent -> head.add(List.of("part of", parent)));
        columns(head, out);
        section("parameters", texts(run.params()), out);
        List<List<String>> metrics = new ArrayList<>(List.of(List.of("", "last", "n", "NaN", "min", "mean", "max")));
        run.metrics()
                .forEach((key, metric) -> metrics.add(Stream.of(
                                key,
                                metric.last(),
                                metric.count(),
                                metric.nanCount(),
                                metric.min(),
                                metric.mean(),
                                metric.max())
                        .map(String::valueOf)
                        .toList()));
        section("metrics", metrics.size() == 1 ? List.of() : metrics, out);
        section("tags", texts(run.tags()), out);
        section(
                "datasets",
                run.datasets().stream()
                        .map(data -> List.of(
                                data.name(), data.digest(), data.context().orElse("")))
                        .toList(),
                out);
        section("artifacts", run.artifacts().keySet().stream().map(List::of).toList(), out);
        out.flush();
    }

    private static List<List<String>> texts(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> List.of(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static void section(String name, List<List<String>> rows, PrintWriter out) {
        if (!rows.isEmpty()) {
            out.println();
            out.println(name);
            columns(
                    rows.stream()
                            .map(row ->
                                    Stream.concat(Stream.of(" "), row.stream()).toList())
                            .toList(),
                    out);
        }
    }

    private static void columns(List<List<String>> rows, PrintWriter out) {
        List<List<String>> clean = rows.stream()
                .map(row -> row.stream().map(RunsTerminal::clean).toList())
                .toList();
        int columns = clean.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        clean.forEach(row -> {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        });
        for (List<String> row : clean) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - width(row.get(i)) + 2));
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String clean(String text) {
        String line = text.replaceAll("[\\p{Cc}\\p{Cf}]", " ");
        return width(line) <= MOST_CELL ? line : line.substring(0, line.offsetByCodePoints(0, MOST_CELL - 1)) + "…";
    }
}

package dev.melancia.experiment;

import dev.melancia.mlflow.event.DatasetInput;
import dev.melancia.mlflow.event.MetricPoint;
import dev.melancia.mlflow.event.RunOutcome;
import dev.melancia.mlflow.rest.MlflowSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;

/** An experiment on a real server, and what everybody who reads it must find. */
final class RecordedForReaders {

    static final int METRICS = 10_000;
    static final String RUN = "primeira execução 日本";
    static final String FAILED_RUN = "segunda";
    static final String PARENT_RUN = "quarta";
    static final String CHILD_RUN = "filha";
    static final Map<String, String> OUTCOMES = Map.of(
            RUN, "FINISHED", FAILED_RUN, "FAILED", "terceira", "KILLED", PARENT_RUN, "FINISHED", CHILD_RUN, "FINISHED");
    static final DatasetInput DATASET = DatasetInput.builder("perguntas/é", "9f86d081884c7d65")
            .context("eval")
            .source("local", "{\"uri\":\"perguntas é.csv\"}")
            .schema("{\"mlflow_colspec\":[{\"name\":\"q\",\"type\":\"string\",\"required\":true}]}")
            .profile("{\"num_rows\":2}")
            .build();
    /** Slashes, letters of other scripts, spaces: what MLflow lets a key be. */
    static final List<String> KEYS = List.of("precisão/日本", "loss", "dev set/f1-média 2.0", "κόστος:usd");

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int ROUNDS = METRICS / KEYS.size();

    final String experiment = "read-back-" + UUID.randomUUID();
    final Map<String, List<List<Object>>> points = new TreeMap<>();
    final Map<String, String> params = new LinkedHashMap<>();
    final Map<String, byte[]> artifacts = new TreeMap<>();

    private RecordedForReaders() {
        for (int i = 0; i < 130; i++) {
            params.put("p " + i, "valor \"" + i + "\"\n\u2028\uD83D\uDE00");
        }
        params.put("vazio", "");
        params.put("modelo/名前", "x".repeat(6_000));
        artifacts.put("vazio.txt", new byte[0]);
        artifacts.put("dir/relatório (1) 100%.md", "# olá, 日本\n".getBytes(StandardCharsets.UTF_8));
        artifacts.put("dir/sub/+ &=~;x.bin", bytes(300_000));
    }

    /** Records it in the folder and waits until the server has it. */
    static RecordedForReaders on(String server, Path folder) {
        RecordedForReaders recorded = new RecordedForReaders();
        MlflowSettings settings = MlflowSettings.builder(URI.create(server))
                .mergeDelay(Duration.ofMillis(20))
                .build();
        try (ExperimentTracker tracker = ExperimentTracker.builder(folder)
                .experiment(recorded.experiment)
                .mlflow(settings)
                .build()) {
            String id;
            try (Run run = tracker.startRun(RUN)) {
                id = run.id();
                recorded.record(run);
            }
            try (Run failed = tracker.startRun(FAILED_RUN)) {
                failed.metric("loss", Double.MIN_VALUE);
                failed.fail(new IllegalStateException("of the test"));
            }
            tracker.startRun("terceira").end(RunOutcome.KILLED);
            recordParent(tracker);
            if (!tracker.flush(TIMEOUT)) {
                throw new AssertionError("not everything was delivered: " + tracker.uploads());
            }
            KEYS.forEach(key -> recorded.points.put(
                    key,
                    tracker.history(id, key).stream()
                            .map(RecordedForReaders::onServer)
                            .toList()));
        }
        return recorded;
    }

    private static void recordParent(ExperimentTracker tracker) {
        try (Run parent = tracker.startRun(PARENT_RUN)) {
            parent.dataset(DATASET);
            parent.table(
                    "tables/respostas.json",
                    List.of("pergunta", "nota"),
                    List.of(List.of("olá, 日本?", .5), List.of("e \"isto\"?", 1)));
            parent.startNested(CHILD_RUN).close();
        }
    }

    private void record(Run run) {
        params.forEach(run::param);
        SplittableRandom random = new SplittableRandom(17);
        for (int i = 0; i < ROUNDS; i++) {
            for (String key : KEYS) {
                run.metric(key, value(i, random));
            }
        }
        run.tag("fase", "teste");
        run.tag("fase", "produção \uD83D\uDE00");
        artifacts.forEach((path, content) -> run.artifact(path, content));
    }

    /** One in ten is a number that JSON does not have or that is easily rounded. */
    private static double value(int i, SplittableRandom random) {
        List<Double> edges = List.of(
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                0.1 + 0.2,
                Double.MAX_VALUE,
                Double.MIN_VALUE,
                -0.0,
                1e-300);
        return i % 10 == 0 ? edges.get(i / 10 % edges.size()) : (random.nextDouble() - .5) * 1e6;
    }

    /** Value, step and milliseconds; MLflow's SQL stores keep infinities as the greatest finite double. */
    private static List<Object> onServer(MetricPoint point) {
        return point(
                Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, point.value())),
                point.step(),
                point.at().toEpochMilli());
    }

    /** Equal exactly when all three are, NaN and NaN included; the sign of a zero is not told apart. */
    static List<Object> point(double value, long step, long millis) {
        return List.of(value + 0.0, step, millis);
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) random.nextInt();
        }
        return bytes;
    }

    /** The points of a key in the order of the readers that do not sort. */
    static List<List<Object>> sorted(List<List<Object>> points) {
        List<List<Object>> sorted = new ArrayList<>(points);
        sorted.sort((a, b) -> Long.compare((long) a.get(1), (long) b.get(1)));
        return sorted;
    }
}

package dev.melancia.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlflow.api.proto.Service;
import org.mlflow.tracking.MlflowClient;

/** The same filters on a real server and on the folder find the same runs in the same order. */
class SearchIT {

    private static final List<String> FILTERS = List.of(
            "",
            "metrics.accuracy > 0.5",
            "metrics.accuracy >= 0.5",
            "metrics.accuracy = 0.5",
            "metrics.accuracy != 0.5",
            "metrics.accuracy < 1e2",
            "metrics.accuracy <= -1",
            "metrics.accuracy > -1 and metrics.accuracy < 0.6",
            "metrics.`f1/mean` > 0.1",
            "metrics.\"f1/mean\" > 0.1",
            "metric.accuracy > 1e300",
            "metrics.unknown != 1",
            "params.model = 'phi3'",
            "params.model = \"phi3\"",
            "params.model != 'phi3'",
            "params.model LIKE 'phi%'",
            "params.model LIKE 'PHI%'",
            "params.model ILIKE 'PHI%'",
            "params.model LIKE 'ph_3'",
            "params.model LIKE '%'",
            "params.model LIKE '100[%]'",
            "params.model IS NULL",
            "params.model IS NOT NULL and metrics.accuracy < 10",
            "param.size = '7'",
            "params.size != '70'",
            "tags.`a tag` = 'olá'",
            "tags.`a tag` ILIKE '%L%'",
            "tags.stage LIKE 'p%' and params.size = '7'",
            "tags.stage IS NULL",
            "tags.mlflow.runName = 'two'",
            "tags.`melancia.run_id` LIKE '%'",
            "attributes.status = 'FINISHED'",
            "attributes.status != 'FINISHED'",
            "status = 'KILLED'",
            "attributes.status LIKE 'F%'",
            "attributes.run_name ILIKE 'T%'",
            "run.run_name != 'two'",
            "attributes.start_time > <2000>",
            "attributes.end_time >= <2000> and attributes.end_time < <14000>",
            "attribute.end_time != 0");

    private static final List<List<String>> ORDERS = List.of(
            List.of("metrics.accuracy DESC"),
            List.of("metrics.accuracy ASC"),
            List.of("params.model DESC", "attributes.start_time ASC"),
            List.of("tags.stage ASC", "metrics.accuracy DESC"),
            List.of("attributes.end_time"),
            List.of("attributes.status DESC"));

    @TempDir
    Path folder;

    private final String experiment = "melancia-it-" + UUID.randomUUID();

    @Test
    void theSameFilterFindsTheSameRuns() {
        RealServer.required();
        // Not in the past: this process must be seen as older than the run that is left open.
        long start = Instant.now().getEpochSecond() + 60;
        AtomicLong seconds = new AtomicLong(start);
        try (ExperimentTracker tracker = ExperimentTracker.builder(folder)
                        .experiment(experiment)
                        .clock(() -> Instant.ofEpochSecond(seconds.getAndIncrement()))
                        .mlflow(RealServer.settings())
                        .withoutOrigin()
                        .build();
                MlflowClient client = new MlflowClient(RealServer.required())) {
            seed(tracker);
            assertThat(tracker.flush(RealServer.TIMEOUT)).isTrue();
            Map<String, List<String>> local = new LinkedHashMap<>();
            Map<String, List<String>> remote = new LinkedHashMap<>();
            for (String template : FILTERS) {
                String filter = at(template, start);
                local.put(filter, local(tracker, filter, List.of()));
                remote.put(filter, remote(client, filter, List.of()));
            }
            for (List<String> order : ORDERS) {
                local.put(order.toString(), local(tracker, "", order));
                remote.put(order.toString(), remote(client, "", order));
            }
            assertThat(local).isEqualTo(remote);
            assertThat(remote.values().stream().distinct().count()).isGreaterThan(20);
        }
    }

    /** Times in a filter are milliseconds after the start. */
    private static String at(String template, long startSeconds) {
        return Pattern.compile("<(\\d+)>")
                .matcher(template)
                .replaceAll(ms -> Long.toString(startSeconds * 1000 + Long.parseLong(ms.group(1))));
    }

    private static void seed(ExperimentTracker tracker) {
        try (Run run = tracker.startRun("one")) {
            values(run, 0.5, "phi3", "7");
            run.tag("stage", "prod");
        }
        try (Run run = tracker.startRun("two")) {
            values(run, 0.9, "Phi3", "70");
            run.tag("a tag", "olá");
            run.tag("stage", "pre");
        }
        try (Run run = tracker.startRun("three")) {
            values(run, Double.NaN, "llama", "7");
        }
        try (Run run = tracker.startRun("Three")) {
            values(run, Double.POSITIVE_INFINITY, "100%", "8");
            run.tag("a tag", "LALA");
        }
        Run failed = tracker.startRun("failed");
        failed.metric("accuracy", -1.5);
        failed.fail(new IllegalStateException());
        Run killed = tracker.startRun("killed");
        killed.metric("accuracy", 3, 5);
        killed.metric("accuracy", 4, 2);
        killed.end(dev.melancia.mlflow.event.RunOutcome.KILLED);
        try (Run run = tracker.startRun("bare")) {
            run.param("model", "");
        }
        tracker.startRun("open").metric("f1/mean", 0.2);
    }

    private static void values(Run run, double accuracy, String model, String size) {
        run.metric("accuracy", 0.55);
        run.metric("accuracy", accuracy);
        run.metric("f1/mean", accuracy / 2);
        run.params(Map.of("model", model, "size", size));
    }

    private static List<String> local(ExperimentTracker tracker, String filter, List<String> order) {
        return tracker.search(filter, order, 1000).stream()
                .map(RecordedRun::name)
                .toList();
    }

    private List<String> remote(MlflowClient client, String filter, List<String> order) {
        return new ArrayList<>(client
                .searchRuns(
                        List.of(RealServer.experimentId(client, experiment)),
                        filter,
                        Service.ViewType.ACTIVE_ONLY,
                        1000,
                        order)
                .getItems()
                .stream()
                .map(run -> run.getInfo().getRunName())
                .toList());
    }
}

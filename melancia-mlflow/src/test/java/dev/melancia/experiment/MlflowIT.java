package dev.melancia.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.melancia.mlflow.rest.MlflowSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlflow.api.proto.Service;
import org.mlflow.tracking.MlflowClient;

/** A real MLflow server, read back with MLflow's own Java client, which knows nothing of ours. */
class MlflowIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int POINTS = 2_300;

    @TempDir
    Path folder;

    private String server = "";

    @BeforeEach
    void findServer() {
        server = System.getenv().getOrDefault("MELANCIA_TEST_MLFLOW_URI", "");
        if (server.isEmpty() && "true".equals(System.getenv("CI"))) {
            fail("MELANCIA_TEST_MLFLOW_URI must name an MLflow server where CI is true");
        } else if (server.isEmpty()) {
            abort("MELANCIA_TEST_MLFLOW_URI is not set: no MLflow server to test against");
        }
    }

    @Test
    void everythingRecordedIsOnTheServer() throws Exception {
        String experiment = "melancia-it-" + UUID.randomUUID();
        String runId;
        try (ExperimentTracker tracker = tracker(experiment)) {
            try (Run run = tracker.startRun("primeira execução")) {
                runId = run.id();
                record(run);
            }
            assertThat(tracker.flush(TIMEOUT)).isTrue();
            assertThat(tracker.uploads().orElseThrow().setAside()).isZero();
        }
        try (MlflowClient client = new MlflowClient(server)) {
            Service.Run read = onlyRun(client, experiment);
            assertThat(read.getInfo().getStatus()).isEqualTo(Service.RunStatus.FINISHED);
            assertThat(read.getInfo().getRunName()).isEqualTo("primeira execução");
            assertThat(tags(read)).containsEntry("melancia.run_id", runId).containsEntry("fase", "produção");
            assertThat(params(read))
                    .hasSize(150)
                    .containsEntry("p 149", "valor 149")
                    .containsEntry("vazio", "");
            assertPoints(client, read);
            assertThat(artifact(read, "dir/relat%C3%B3rio%20%281%29.md")).isEqualTo("# olá");
        }
    }

    @Test
    void aRunIsNotCreatedTwiceWhenItsStartIsDeliveredTwice() {
        String experiment = "melancia-it-" + UUID.randomUUID();
        try (ExperimentTracker tracker = tracker(experiment)) {
            try (Run run = tracker.startRun("replayed")) {
                run.metric("m", 1);
                run.param("p", "v");
            }
            assertThat(tracker.flush(TIMEOUT)).isTrue();
        }
        forgetUploadState();
        try (ExperimentTracker tracker = tracker(experiment)) {
            assertThat(tracker.flush(TIMEOUT)).isTrue();
            assertThat(tracker.uploads().orElseThrow().delivered()).isEqualTo(4);
        }
        try (MlflowClient client = new MlflowClient(server)) {
            Service.Run read = onlyRun(client, experiment);
            assertThat(client.getMetricHistory(read.getInfo().getRunId(), "m")).hasSize(1);
        }
    }

    private ExperimentTracker tracker(String experiment) {
        return ExperimentTracker.builder(folder)
                .experiment(experiment)
                .withoutOrigin()
                .mlflow(MlflowSettings.builder(URI.create(server))
                        .mergeDelay(Duration.ofMillis(20))
                        .build())
                .build();
    }

    private static void record(Run run) {
        for (int i = 1; i < 150; i++) {
            run.param("p " + i, "valor " + i);
        }
        run.param("vazio", "");
        for (int i = 0; i < POINTS; i++) {
            run.metric("precisão/日本", i / 8.0);
        }
        run.metric("nan", Double.NaN);
        run.metric("after nan", 0.1 + 0.2);
        run.metric("infinite", Double.POSITIVE_INFINITY);
        run.tag("fase", "teste");
        run.tag("fase", "produção");
        run.artifact("dir/relatório (1).md", "# olá");
    }

    private static void assertPoints(MlflowClient client, Service.Run read) {
        List<Service.Metric> history = client.getMetricHistory(read.getInfo().getRunId(), "precisão/日本");
        assertThat(history).hasSize(POINTS).extracting(Service.Metric::getStep).doesNotHaveDuplicates();
        assertThat(history).allMatch(point -> point.getValue() == point.getStep() / 8.0);
        Map<String, Double> last = new HashMap<>();
        read.getData().getMetricsList().forEach(metric -> last.put(metric.getKey(), metric.getValue()));
        assertThat(last.get("nan")).isNaN();
        assertThat(last).containsEntry("after nan", 0.1 + 0.2).containsEntry("infinite", Double.MAX_VALUE);
    }

    private static Service.Run onlyRun(MlflowClient client, String experiment) {
        String id = client.getExperimentByName(experiment).orElseThrow().getExperimentId();
        List<Service.Run> runs =
                client.searchRuns(List.of(id), "", Service.ViewType.ALL, 10).getItems();
        assertThat(runs).hasSize(1);
        return runs.get(0);
    }

    private static Map<String, String> params(Service.Run run) {
        Map<String, String> params = new HashMap<>();
        run.getData().getParamsList().forEach(param -> params.put(param.getKey(), param.getValue()));
        return params;
    }

    private static Map<String, String> tags(Service.Run run) {
        Map<String, String> tags = new HashMap<>();
        run.getData().getTagsList().forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
        return tags;
    }

    /** By plain HTTP: MLflow's Java client needs Python for this. */
    private String artifact(Service.Run run, String encodedPath) throws IOException, InterruptedException {
        String root = run.getInfo().getArtifactUri().replaceFirst("^mlflow-artifacts:", "");
        URI uri = URI.create(server + "/api/2.0/mlflow-artifacts/artifacts" + root + "/" + encodedPath);
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private void forgetUploadState() {
        try (var files = java.nio.file.Files.walk(folder)) {
            for (Path file : files.filter(f -> f.endsWith("state.json")).toList()) {
                java.nio.file.Files.delete(file);
            }
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}

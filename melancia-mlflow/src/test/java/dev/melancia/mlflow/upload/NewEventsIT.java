package dev.melancia.mlflow.upload;

import static dev.melancia.mlflow.upload.UploaderFixture.AT;
import static dev.melancia.mlflow.upload.UploaderFixture.assessed;
import static dev.melancia.mlflow.upload.UploaderFixture.metric;
import static dev.melancia.mlflow.upload.UploaderFixture.spans;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.mlflow.event.DatasetInput;
import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.event.RunOutcome;
import dev.melancia.mlflow.event.TraceEvent;
import dev.melancia.mlflow.event.TraceTarget;
import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Families of runs, runs that go on elsewhere, datasets, traces and assessments, read back from a real server. */
class NewEventsIT {

    private final String experiment = "new events " + UUID.randomUUID();
    private final String parent = id();
    private final String child = id();

    @TempDir
    Path folder;

    @TempDir
    Path elsewhere;

    private String server = "";

    @BeforeEach
    void findServer() {
        server = System.getenv().getOrDefault("MELANCIA_TEST_MLFLOW_URI", "");
        if (server.isEmpty() && "true".equals(System.getenv("CI"))) {
            Assertions.fail("MELANCIA_TEST_MLFLOW_URI must name an MLflow server where CI is true");
        } else if (server.isEmpty()) {
            Assumptions.abort("MELANCIA_TEST_MLFLOW_URI is not set: no MLflow server to test against");
        }
    }

    @Test
    void aFamilyOfRunsWithADatasetGoesOnInAnotherFolder() {
        DatasetInput dataset = DatasetInput.builder("perguntas", "d1")
                .source("local", "{\"uri\":\"q.csv\"}")
                .context("eval")
                .profile("{\"num_rows\":60}")
                .build();
        try (UploaderFixture events = new UploaderFixture(folder)) {
            events.append(
                    new RunEvent.Started(parent, AT, experiment, "mãe"),
                    new RunEvent.Ended(parent, AT, RunOutcome.FINISHED));
            deliver(folder, 0);
            events.append(
                    new RunEvent.Started(child, AT, experiment, "filha"),
                    new RunEvent.Nested(child, AT, parent),
                    new RunEvent.Dataset(child, AT, dataset),
                    new RunEvent.Dataset(child, AT, dataset));
            deliver(folder, 0);
        }
        try (UploaderFixture events = new UploaderFixture(elsewhere)) {
            events.append(new RunEvent.Resumed(parent, AT, experiment), metric(parent, "m", 1));
            deliver(elsewhere, 0);
        }
        try (MlflowApi api = api()) {
            JsonNode mother = run(api, parent);
            JsonNode daughter = run(api, child);
            assertThat(mother.at("/info/status").asText()).isEqualTo("RUNNING");
            assertThat(mother.at("/data/metrics")).hasSize(1);
            assertThat(daughter.at("/data/tags").toString())
                    .contains("\"mlflow.parentRunId\",\"value\":\""
                            + mother.at("/info/run_id").asText());
            assertThat(daughter.at("/inputs/dataset_inputs")).hasSize(1);
            assertThat(daughter.at("/inputs/dataset_inputs/0/tags/0/value").asText())
                    .isEqualTo("eval");
        }
    }

    @Test
    void tracesOfARunArriveWithTheirAssessmentsAndThePoisonedOneIsSetAside() {
        try (UploaderFixture events = new UploaderFixture(folder)) {
            events.append(new RunEvent.Started(child, AT, experiment, "run"));
            String first = "";
            for (int i = 0; i < 130; i++) {
                TraceTarget target = new TraceTarget(id(), experiment, Optional.of(child));
                first = first.isEmpty() ? target.traceId() : first;
                TraceEvent.Spans spans = spans(target, "root");
                String json =
                        i == 50 ? spans.json().replace("1795354861168461568", "18446744073709551615") : spans.json();
                events.append(new TraceEvent.Spans(target, AT, json));
                if (i < 3) {
                    events.append(assessed(target, "a-" + id()));
                }
            }
            deliver(folder, 1);
            assertTraces(first);
        }
    }

    private void assertTraces(String first) {
        try (MlflowApi api = api()) {
            JsonNode run = run(api, child);
            String serverRun = run.at("/info/run_id").asText();
            ObjectNode search =
                    api.body().put("max_results", 500).put("filter", "attributes.run_id = '" + serverRun + "'");
            search.putArray("locations")
                    .addObject()
                    .put("type", "MLFLOW_EXPERIMENT")
                    .putObject("mlflow_experiment")
                    .put("experiment_id", run.at("/info/experiment_id").asText());
            assertThat(api.post("/api/3.0/mlflow/traces/search", search).path("traces"))
                    .hasSize(129);
            JsonNode assessment = api.get("/api/3.0/mlflow/traces/tr-" + first).at("/trace/trace_info/assessments");
            assertThat(assessment).hasSize(1);
            assertThat(assessment.toString()).contains("\"mlflow.assessment.sourceRunId\":\"" + serverRun);
        }
    }

    private JsonNode run(MlflowApi api, String ourId) {
        ObjectNode search = api.body().put("filter", "tags.`melancia.run_id` = '" + ourId + "'");
        search.putArray("experiment_ids")
                .add(api.get("/api/2.0/mlflow/experiments/get-by-name?experiment_name=" + MlflowApi.encode(experiment))
                        .at("/experiment/experiment_id")
                        .asText());
        JsonNode runs = api.post("/api/2.0/mlflow/runs/search", search).path("runs");
        assertThat(runs).hasSize(1);
        return runs.path(0);
    }

    private MlflowApi api() {
        return MlflowApi.connect(MlflowSettings.builder(URI.create(server)).build());
    }

    private void deliver(Path store, int setAside) {
        try (MlflowUploader uploader = MlflowUploader.start(
                store,
                MlflowSettings.builder(URI.create(server))
                        .mergeDelay(Duration.ofMillis(20))
                        .backoff(Duration.ofMillis(20), Duration.ofMillis(200))
                        .build())) {
            assertThat(uploader.flush(Duration.ofMinutes(2))).isTrue();
            assertThat(uploader.stats().setAside()).isEqualTo(setAside);
        }
    }

    private static String id() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}

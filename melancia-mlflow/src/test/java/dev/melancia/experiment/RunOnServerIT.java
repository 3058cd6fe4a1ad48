package dev.melancia.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melancia.mlflow.event.DatasetInput;
import dev.melancia.mlflow.rest.MlflowApi;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlflow.api.proto.Service;
import org.mlflow.tracking.MlflowClient;

/** Nested and resumed runs, datasets, tables and origin as a real server has them. */
class RunOnServerIT {

    @TempDir
    Path folder;

    private final String experiment = "melancia-it-" + UUID.randomUUID();

    @BeforeEach
    void findServer() {
        RealServer.required();
    }

    private ExperimentTracker tracker(String name) {
        return ExperimentTracker.builder(folder)
                .experiment(name)
                .mlflow(RealServer.settings())
                .closeTimeout(RealServer.TIMEOUT)
                .build();
    }

    @Test
    void everythingARunCanHaveIsThere() {
        try (ExperimentTracker tracker = tracker(experiment);
                Run run = tracker.startRun("parent")) {
            run.startNested("child").close();
            run.dataset(
                    DatasetInput.builder("questions", "abc123").context("eval").build());
            run.table("answers.json", List.of("q", "ok"), List.of(List.of("2+2", true)));
            run.json("deep/config.json", Map.of("a", 1));
        }
        try (MlflowClient client = new MlflowClient(RealServer.required());
                MlflowApi api = MlflowApi.connect(RealServer.settings())) {
            Map<String, Service.Run> runs = RealServer.runs(client, experiment);
            Service.Run parent = runs.get("parent");
            String id = parent.getInfo().getRunId();
            assertThat(RealServer.tags(runs.get("child"))).containsEntry("mlflow.parentRunId", id);
            assertThat(RealServer.tags(parent))
                    .containsKeys("mlflow.source.type", "mlflow.user")
                    .containsEntry("mlflow.loggedArtifacts", "[{\"path\":\"answers.json\",\"type\":\"table\"}]");
            JsonNode inputs = api.get("/api/2.0/mlflow/runs/get?run_id=" + id)
                    .path("run")
                    .path("inputs")
                    .path("dataset_inputs")
                    .path(0);
            assertThat(inputs.path("dataset").path("digest").asText()).isEqualTo("abc123");
            JsonNode files =
                    api.get("/api/2.0/mlflow/artifacts/list?run_id=" + id).path("files");
            assertThat(files.toString()).contains("answers.json", "deep");
        }
    }

    @Test
    void aRunResumedInALaterProcessIsOneRun() {
        String id;
        try (ExperimentTracker tracker = tracker(experiment);
                Run run = tracker.startRun("long")) {
            id = run.id();
            run.metric("m", 1);
        }
        try (ExperimentTracker tracker = tracker(experiment);
                MlflowClient client = new MlflowClient(RealServer.required())) {
            try (Run run = tracker.resume(id)) {
                run.metric("m", 2);
                assertThat(tracker.flush(RealServer.TIMEOUT)).isTrue();
                assertThat(RealServer.runs(client, experiment)
                                .get("long")
                                .getInfo()
                                .getStatus())
                        .isEqualTo(Service.RunStatus.RUNNING);
            }
            assertThat(tracker.flush(RealServer.TIMEOUT)).isTrue();
            Service.Run read = RealServer.runs(client, experiment).get("long");
            assertThat(read.getInfo().getStatus()).isEqualTo(Service.RunStatus.FINISHED);
            assertThat(client.getMetricHistory(read.getInfo().getRunId(), "m"))
                    .extracting(Service.Metric::getStep)
                    .containsExactlyInAnyOrder(0L, 1L);
        }
    }

    @Test
    void theEnvironmentMayNameTheExperimentByItsId() {
        try (MlflowClient client = new MlflowClient(RealServer.required())) {
            Map<String, String> environment = Map.of(
                    "MLFLOW_TRACKING_URI", RealServer.required(),
                    "MLFLOW_EXPERIMENT_ID", client.createExperiment(experiment));
            try (ExperimentTracker tracker = ExperimentTracker.fromEnvironment(folder, environment)) {
                tracker.startRun("by id").close();
                assertThat(tracker.flush(RealServer.TIMEOUT)).isTrue();
            }
            assertThat(RealServer.runs(client, experiment)).containsOnlyKeys("by id");
        }
    }
}

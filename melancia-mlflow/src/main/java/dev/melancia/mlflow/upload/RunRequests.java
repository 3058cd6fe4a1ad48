package dev.melancia.mlflow.upload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.mlflow.artifact.Artifacts;
import dev.melancia.mlflow.event.DatasetInput;
import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowException;
import dev.melancia.mlflow.tracking.RunJson;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/** The requests about runs that an upload needs. Every method throws {@link MlflowException}. */
final class RunRequests {

    private static final String RUNS = "/api/2.0/mlflow/runs/";

    private final MlflowApi api;

    RunRequests(MlflowApi api) {
        this.api = api;
    }

    UploadedRun create(String experimentId, String runId, String name, Instant at) {
        ObjectNode create = api.body()
                .put("experiment_id", experimentId)
                .put("run_name", name)
                .put("start_time", at.toEpochMilli());
        RunJson.addTag(create, RunJson.RUN_ID_TAG, runId);
        JsonNode info = api.postOnce(RUNS + "create", create).path("run").path("info");
        return new UploadedRun(
                MlflowApi.required("runs/create", info, "run_id"),
                info.path("artifact_uri").asText(),
                "");
    }

    /** Whether the run is there and not deleted. */
    boolean accepts(UploadedRun run) {
        try {
            JsonNode info = api.get(RUNS + "get?run_id=" + MlflowApi.encode(run.id()))
                    .path("run")
                    .path("info");
            return !info.path("lifecycle_stage").asText().equals("deleted");
        } catch (MlflowException failure) {
            if (failure.kind() == MlflowException.Kind.REJECTED) {
                return false;
            }
            throw failure;
        }
    }

    void log(UploadedRun run, LogBatch batch) {
        ObjectNode body = api.body().put("run_id", run.id());
        batch.writeTo(body);
        api.post(RUNS + "log-batch", body);
    }

    void tag(UploadedRun run, String key, String value) {
        api.post(
                RUNS + "set-tag",
                api.body().put("run_id", run.id()).put("key", key).put("value", value));
    }

    void rename(UploadedRun run, String name) {
        api.post(RUNS + "update", api.body().put("run_id", run.id()).put("run_name", name));
    }

    void resume(UploadedRun run) {
        api.post(RUNS + "update", api.body().put("run_id", run.id()).put("status", "RUNNING"));
    }

    void end(UploadedRun run, RunEvent.Ended ended) {
        api.post(
                RUNS + "update",
                api.body()
                        .put("run_id", run.id())
                        .put("status", ended.outcome().name())
                        .put("end_time", ended.at().toEpochMilli()));
    }

    void delete(String serverId) {
        api.post(RUNS + "delete", api.body().put("run_id", serverId));
    }

    void input(UploadedRun run, DatasetInput dataset) {
        ObjectNode body = api.body().put("run_id", run.id());
        RunJson.addDataset(body, dataset);
        api.post(RUNS + "log-inputs", body);
    }

    /** Refused when the run's artifacts belong to a store we do not speak to. */
    void put(UploadedRun run, String path, Path file) {
        Artifacts.at(api, run.id(), run.artifactUri(), Map.of()).put(path, file);
    }
}

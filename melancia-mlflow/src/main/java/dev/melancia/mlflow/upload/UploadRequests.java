package dev.melancia.mlflow.upload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowException;
import dev.melancia.mlflow.tracking.Experiments;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** The requests that an upload needs. Every method throws {@link MlflowException}. */
final class UploadRequests {

    /** Tag that carries our run id, by which a run is found again when the outcome of its creation is unknown. */
    static final String RUN_ID_TAG = "melancia.run_id";

    private static final String RUNS = "/api/2.0/mlflow/runs/";
    private static final String ARTIFACTS = "/api/2.0/mlflow-artifacts/artifacts";

    private final MlflowApi api;
    private final Experiments experiments;

    UploadRequests(MlflowApi api) {
        this.api = api;
        this.experiments = Experiments.on(api);
    }

    void close() {
        api.close();
    }

    /** Id of the experiment, which is created when it is not there. */
    String experiment(String name) {
        return experiments.idOf(name);
    }

    /**
     * The run that was created for this start, or a new one. It is looked for first: a creation whose answer was lost, by a
     * crash on either side, must not make a second run.
     */
    UploadedRun createRun(String experimentId, RunEvent.Started started) {
        ObjectNode search = api.body().put("max_results", 1);
        search.putArray("experiment_ids").add(experimentId);
        search.put("filter", "tags.`" + RUN_ID_TAG + "` = '" + started.runId() + "'");
        search.putArray("order_by").add("attributes.start_time ASC");
        JsonNode found = api.post(RUNS + "search", search).path("runs").path(0);
        if (!found.isMissingNode()) {
            return uploaded("runs/search", found);
        }
        ObjectNode create = api.body()
                .put("experiment_id", experimentId)
                .put("run_name", started.name())
                .put("start_time", started.at().toEpochMilli());
        create.putArray("tags").addObject().put("key", RUN_ID_TAG).put("value", started.runId());
        return uploaded("runs/create", api.postOnce(RUNS + "create", create).path("run"));
    }

    private static UploadedRun uploaded(String what, JsonNode run) {
        JsonNode info = run.path("info");
        return new UploadedRun(
                MlflowApi.required(what, info, "run_id"),
                info.path("artifact_uri").asText());
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

    void end(UploadedRun run, RunEvent.Ended ended) {
        api.post(
                RUNS + "update",
                api.body()
                        .put("run_id", run.id())
                        .put("status", ended.outcome().name())
                        .put("end_time", ended.at().toEpochMilli()));
    }

    /** Whether the server itself takes the artifacts of this run; if not they belong to a store we do not speak to. */
    static boolean takesArtifacts(UploadedRun run) {
        try {
            URI root = new URI(run.artifactUri());
            return "mlflow-artifacts".equals(root.getScheme())
                    && root.getRawAuthority() == null
                    && root.getRawPath() != null;
        } catch (URISyntaxException aFolderOfTheServer) {
            return false;
        }
    }

    void put(UploadedRun run, String path, Path file) {
        StringBuilder encoded = new StringBuilder(URI.create(run.artifactUri()).getRawPath());
        for (String segment : path.split("/", -1)) {
            encoded.append('/').append(MlflowApi.encode(segment));
        }
        api.upload(ARTIFACTS + encoded, file);
    }
}

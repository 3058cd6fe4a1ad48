package dev.melancia.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** The calls of MLflow's REST interface that an upload needs. Every method throws {@link MlflowException}. */
final class MlflowClient {

    /** Tag that carries our run id, by which a run is found again when the outcome of its creation is unknown. */
    static final String RUN_ID_TAG = "melancia.run_id";

    private static final String NOT_THERE = "RESOURCE_DOES_NOT_EXIST";
    private static final String ALREADY_THERE = "RESOURCE_ALREADY_EXISTS";

    private final MlflowTransport transport;

    MlflowClient(MlflowTransport transport) {
        this.transport = transport;
    }

    /** Id of the experiment, which is created when it is not there. */
    String experiment(String name) {
        Optional<String> found = findExperiment(name);
        if (found.isPresent()) {
            return found.get();
        }
        try {
            return id(
                    "experiments/create",
                    transport.post("experiments/create", body().put("name", name)),
                    "experiment_id");
        } catch (MlflowException failure) {
            if (!failure.errorCode().equals(ALREADY_THERE)) {
                throw failure;
            }
            return findExperiment(name).orElseThrow(() -> failure); // Somebody else was faster.
        }
    }

    private Optional<String> findExperiment(String name) {
        try {
            JsonNode experiment = transport
                    .get("experiments/get-by-name?experiment_name=" + encode(name))
                    .path("experiment");
            if (experiment.path("lifecycle_stage").asText().equals("deleted")) {
                throw MlflowException.rejected(new MlflowAnswer(
                        "experiments/get-by-name",
                        200,
                        experiment,
                        "the experiment is deleted: restore it on the server or choose another name",
                        Optional.empty()));
            }
            return Optional.of(id("experiments/get-by-name", experiment, "experiment_id"));
        } catch (MlflowException failure) {
            if (failure.errorCode().equals(NOT_THERE)) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /**
     * The run that was created for this start, or a new one. It is looked for first: a creation whose answer was lost, by a
     * crash on either side, must not make a second run.
     */
    UploadedRun createRun(String experimentId, RunEvent.Started started) {
        ObjectNode search = body().put("max_results", 1);
        search.putArray("experiment_ids").add(experimentId);
        search.put("filter", "tags.`" + RUN_ID_TAG + "` = '" + started.runId() + "'");
        search.putArray("order_by").add("attributes.start_time ASC");
        JsonNode found = transport.post("runs/search", search).path("runs").path(0);
        if (!found.isMissingNode()) {
            return uploaded("runs/search", found);
        }
        ObjectNode create = body().put("experiment_id", experimentId)
                .put("run_name", started.name())
                .put("start_time", started.at().toEpochMilli());
        create.putArray("tags").addObject().put("key", RUN_ID_TAG).put("value", started.runId());
        return uploaded("runs/create", transport.postOnce("runs/create", create).path("run"));
    }

    private static UploadedRun uploaded(String what, JsonNode run) {
        JsonNode info = run.path("info");
        return new UploadedRun(
                id(what, info, "run_id"), info.path("artifact_uri").asText());
    }

    private static String id(String what, JsonNode json, String field) {
        String id = json.path(field).asText();
        if (id.isEmpty()) {
            throw MlflowException.blocked(new MlflowAnswer(what, 200, json, "", Optional.empty()), field);
        }
        return id;
    }

    /** Whether the run is there and not deleted. */
    boolean accepts(UploadedRun run) {
        try {
            JsonNode info = transport
                    .get("runs/get?run_id=" + encode(run.id()))
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
        ObjectNode body = body().put("run_id", run.id());
        batch.writeTo(body);
        transport.post("runs/log-batch", body);
    }

    void end(UploadedRun run, RunEvent.Ended ended) {
        transport.post(
                "runs/update",
                body().put("run_id", run.id())
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
            encoded.append('/').append(encode(segment));
        }
        transport.put(encoded.toString(), file);
    }

    private ObjectNode body() {
        return transport.mapper().createObjectNode();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

package dev.melancia.mlflow.upload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowException;
import dev.melancia.mlflow.tracking.RunJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the server's run by the tag with our run id. Every method throws {@link MlflowException}. */
final class RunFinder {

    private static final String PREFIX = "/api/2.0/mlflow/";
    private static final int EXPERIMENTS_A_REQUEST = 1000;
    private static final int TWINS = 10;

    private final MlflowApi api;

    RunFinder(MlflowApi api) {
        this.api = api;
    }

    /**
     * The oldest run of the experiment with this tag.
     *
     * @throws MlflowException also when it is deleted: what somebody deleted must not be made anew
     */
    Optional<JsonNode> in(String experimentId, String runId) {
        return chosen(all(List.of(experimentId), runId));
    }

    /** The same in all experiments. */
    Optional<JsonNode> everywhere(String runId) {
        ObjectNode body = api.body().put("max_results", EXPERIMENTS_A_REQUEST);
        while (true) {
            JsonNode page = api.post(PREFIX + "experiments/search", body);
            List<String> ids = new ArrayList<>();
            page.path("experiments")
                    .forEach(experiment ->
                            ids.add(MlflowApi.required("experiments/search", experiment, "experiment_id")));
            Optional<JsonNode> found = ids.isEmpty() ? Optional.empty() : chosen(all(ids, runId));
            String next = page.path("next_page_token").asText("");
            if (found.isPresent() || next.isEmpty()) {
                return found;
            }
            body.put("page_token", next);
        }
    }

    /** Every run with this tag, oldest first. */
    List<JsonNode> all(List<String> experimentIds, String runId) {
        ObjectNode search = api.body().put("max_results", TWINS).put("run_view_type", "ALL");
        ArrayNode ids = search.putArray("experiment_ids");
        experimentIds.forEach(ids::add);
        search.put("filter", "tags.`" + RunJson.RUN_ID_TAG + "` = '" + runId + "'");
        search.putArray("order_by").add("attributes.start_time ASC");
        List<JsonNode> runs = new ArrayList<>();
        api.post(PREFIX + "runs/search", search).path("runs").forEach(runs::add);
        return runs;
    }

    private static Optional<JsonNode> chosen(List<JsonNode> runs) {
        Optional<JsonNode> active = runs.stream().filter(run -> !deleted(run)).findFirst();
        if (active.isEmpty() && !runs.isEmpty()) {
            throw MlflowException.refused("runs/search", "the run is deleted on the server: restore it there");
        }
        return active;
    }

    static boolean deleted(JsonNode run) {
        return run.path("info").path("lifecycle_stage").asText().equals("deleted");
    }

    static UploadedRun uploaded(JsonNode run) {
        JsonNode info = run.path("info");
        return new UploadedRun(
                MlflowApi.required("runs/search", info, "run_id"),
                info.path("artifact_uri").asText(),
                "");
    }
}

package dev.melancia.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real server, read over plain HTTP; tests are skipped without one, and fail where {@code CI} is true. */
record MlflowUnderTest(String uri) {

    private static final String LEGACY = "/api/2.0/mlflow/";

    static MlflowUnderTest find() {
        String uri = System.getenv().getOrDefault("MELANCIA_TEST_MLFLOW_URI", "");
        if (uri.isEmpty() && "true".equals(System.getenv("CI"))) {
            fail("MELANCIA_TEST_MLFLOW_URI must name an MLflow server where CI is true");
        } else if (uri.isEmpty()) {
            abort("MELANCIA_TEST_MLFLOW_URI is not set: no MLflow server to test against");
        }
        return new MlflowUnderTest(uri);
    }

    Map<String, String> environment(String experiment) {
        return Map.of("MLFLOW_TRACKING_URI", uri, "MLFLOW_EXPERIMENT_NAME", experiment);
    }

    List<JsonNode> runs(String experiment, String filter) throws Exception {
        ObjectNode body = new JsonMapper().createObjectNode().put("filter", filter);
        body.putArray("experiment_ids").add(experimentId(experiment));
        return list(post(LEGACY + "runs/search", body).path("runs"));
    }

    /** With their assessments, but without spans. */
    List<JsonNode> traces(String experiment, String runId) throws Exception {
        ObjectNode body = new JsonMapper()
                .createObjectNode()
                .put("filter", "attributes.run_id = '" + runId + "'")
                .put("max_results", 500);
        body.putArray("locations")
                .addObject()
                .put("type", "MLFLOW_EXPERIMENT")
                .putObject("mlflow_experiment")
                .put("experiment_id", experimentId(experiment));
        return list(post("/api/3.0/mlflow/traces/search", body).path("traces"));
    }

    List<JsonNode> spans(String traceId) throws Exception {
        return list(get("/api/3.0/mlflow/traces/get?trace_id=" + traceId).at("/trace/spans"));
    }

    List<String> artifacts(String runId) throws Exception {
        return get(LEGACY + "artifacts/list?run_id=" + runId).path("files").findValuesAsText("path");
    }

    private String experimentId(String name) throws Exception {
        return get(LEGACY + "experiments/get-by-name?experiment_name=" + name)
                .at("/experiment/experiment_id")
                .asText();
    }

    private static List<JsonNode> list(JsonNode array) {
        List<JsonNode> all = new ArrayList<>();
        array.forEach(all::add);
        return all;
    }

    private JsonNode get(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(uri + path)));
    }

    private JsonNode post(String path, JsonNode body) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(uri + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    private static JsonNode send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonMapper().readTree(answer.body());
    }
}

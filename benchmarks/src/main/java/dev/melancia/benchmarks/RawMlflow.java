package dev.melancia.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/** The least that speaks to an MLflow server: requests one after another, no retries. Confined to one thread. */
final class RawMlflow {

    static final String EXPERIMENT = "melancia-tracking-speed";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;

    RawMlflow(URI server) {
        this.server = server;
    }

    /** What createRun answers of the new run. */
    JsonNode createRun() throws IOException, InterruptedException {
        JsonNode known = send("GET", "experiments/get-by-name?experiment_name=" + EXPERIMENT, "");
        JsonNode id = known.has("experiment")
                ? known.at("/experiment/experiment_id")
                : post("experiments/create", Map.of("name", EXPERIMENT)).path("experiment_id");
        return post("runs/create", Map.of("experiment_id", id.asText(), "start_time", System.currentTimeMillis()))
                .at("/run/info");
    }

    /** A whole batch of 1,000 points of one metric, with these steps. */
    void logBatch(String runId, int firstStep) throws IOException, InterruptedException {
        StringBuilder body = new StringBuilder(100_000)
                .append("{\"run_id\":\"")
                .append(runId)
                .append("\",\"metrics\":[");
        for (int i = 0; i < DrainRace.BATCH; i++) {
            body.append(i == 0 ? "" : ",")
                    .append("{\"key\":\"loss\",\"value\":")
                    .append((firstStep + i) * .001)
                    .append(",\"timestamp\":")
                    .append(System.currentTimeMillis())
                    .append(",\"step\":")
                    .append(firstStep + i)
                    .append('}');
        }
        JsonNode answer = send("POST", "runs/log-batch", body.append("]}").toString());
        if (!answer.isEmpty()) {
            throw new IOException(
                    "log-batch was refused: " + answer.path("message").asText());
        }
    }

    private JsonNode post(String path, Map<String, Object> body) throws IOException, InterruptedException {
        return send("POST", path, MAPPER.writeValueAsString(body));
    }

    private JsonNode send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + "/api/2.0/mlflow/" + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return MAPPER.readTree(
                client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
}

package dev.melancia.tracking;

import static dev.melancia.analysis.ScriptedRun.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.ScriptedRun;
import dev.melancia.cost.Cost;
import dev.melancia.experiment.ExperimentTracker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report in a real MLflow server, read back over plain HTTP. */
class BenchmarkTrackingIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

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
    void everySubjectsFiguresAndTheReportAreOnTheServer() throws Exception {
        String experiment = "melancia-it-" + UUID.randomUUID();
        BenchmarkReport report = ScriptedRun.of(60)
                .subject("openai/gpt", question -> number(question) < 30 ? .4 : .8, 1_000_000_000L, Cost.zero())
                .subject("ollama/phi3", question -> number(question) < 3 ? Double.NaN : .5)
                .report();
        Map<String, String> environment = Map.of("MLFLOW_TRACKING_URI", server, "MLFLOW_EXPERIMENT_NAME", experiment);

        try (ExperimentTracker tracker = ExperimentTracker.fromEnvironment(folder, environment)) {
            BenchmarkTracking.to(tracker).log(report);
            assertThat(tracker.flush(TIMEOUT)).isTrue();
            assertThat(tracker.uploads().orElseThrow().setAside()).isZero();
        }

        JsonNode gpt = run(experiment, "benchmark openai/gpt");
        Map<String, Double> metrics = new TreeMap<>();
        gpt.path("data")
                .path("metrics")
                .forEach(metric -> metrics.put(
                        metric.path("key").asText(), metric.path("value").asDouble()));
        assertThat(metrics)
                .containsKeys("quality/mean", "quality/low", "quality/high", "latency_s/p95", "failure_rate/mean")
                .containsEntry("quality/n", 60.0)
                .containsEntry("cost_usd/total", 0.0);
        assertThat(artifacts(gpt.path("info").path("run_id").asText()))
                .containsExactlyInAnyOrder("report.csv", "report.html", "report.json");
        assertThat(run(experiment, "benchmark ollama/phi3")
                        .path("info")
                        .path("status")
                        .asText())
                .isEqualTo("FINISHED");
    }

    private JsonNode run(String experiment, String name) throws Exception {
        String id = get("experiments/get-by-name?experiment_name=" + experiment)
                .path("experiment")
                .path("experiment_id")
                .asText();
        String body = "{\"experiment_ids\":[\"" + id + "\"],\"filter\":\"attributes.run_name = '" + name + "'\"}";
        JsonNode runs = send(HttpRequest.newBuilder(URI.create(server + "/api/2.0/mlflow/runs/search"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)))
                .path("runs");
        assertThat(runs).hasSize(1);
        return runs.get(0);
    }

    private List<String> artifacts(String runId) throws Exception {
        return get("artifacts/list?run_id=" + runId).path("files").findValuesAsText("path");
    }

    private JsonNode get(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(server + "/api/2.0/mlflow/" + path)));
    }

    private static JsonNode send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonMapper().readTree(answer.body());
    }
}

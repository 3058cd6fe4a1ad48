package dev.melancia.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.melancia.testkit.RealServers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlflow.api.proto.Service;
import org.mlflow.tracking.MlflowClient;

/** The quickstart with a real MLflow and a real Ollama server, read back with MLflow's own Java client. */
class QuickstartIT {

    private static final List<String> EMBEDDED =
            List.of("benchmark extractive/sentence", "benchmark extractive/passage", "hybrid traffic");

    @TempDir
    Path folder;

    @Test
    void bringsItsRunsToMlflowAndTriesTheModelsOfOllama() throws Exception {
        URI mlflow = RealServers.require(RealServers.MLFLOW_URI);
        URI ollama = RealServers.require(RealServers.OLLAMA_URL);
        String experiment = "melancia-quickstart-" + UUID.randomUUID();
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        new Quickstart(
                        folder,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        Map.of(
                                "MLFLOW_TRACKING_URI",
                                mlflow.toString(),
                                "MLFLOW_EXPERIMENT_NAME",
                                experiment,
                                "OLLAMA_HOST",
                                ollama.toString(),
                                "QUICKSTART_QUESTIONS",
                                "1"))
                .run();

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("all of them in MLflow");
        assertThat(Files.readAllLines(folder.resolve("real-model-calls.jsonl")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).startsWith("{\"v\":1,").contains("\"assigned\":\"ollama/"));
        try (MlflowClient client = new MlflowClient(mlflow.toString())) {
            List<Service.RunInfo> runs = runs(client, experiment);
            assertThat(runs).extracting(Service.RunInfo::getRunName).containsAll(EMBEDDED);
            assertThat(runs).extracting(Service.RunInfo::getRunName).anyMatch(name -> name.contains("ollama/"));
            for (Service.RunInfo info : runs) {
                assertWhole(client.getRun(info.getRunId()), mlflow);
            }
        }
    }

    private static void assertWhole(Service.Run run, URI mlflow) throws Exception {
        String name = run.getInfo().getRunName();
        assertThat(run.getInfo().getStatus()).as(name).isEqualTo(Service.RunStatus.FINISHED);
        assertThat(run.getData().getParamsList()).as("parameters of " + name).hasSizeGreaterThanOrEqualTo(4);
        assertThat(run.getData().getMetricsList()).as("metrics of " + name).hasSizeGreaterThan(5);
        assertThat(artifacts(mlflow, run.getInfo().getRunId()))
                .as("artifacts of " + name)
                .contains(name.startsWith("benchmark") ? "report.html" : "benchmark.html");
    }

    private static List<Service.RunInfo> runs(MlflowClient client, String experiment) {
        String id = client.getExperimentByName(experiment).orElseThrow().getExperimentId();
        return client.listRunInfos(id);
    }

    private static List<String> artifacts(URI mlflow, String run) throws IOException, InterruptedException {
        URI list = URI.create(mlflow + "/api/2.0/mlflow/artifacts/list?run_id=" + run);
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        List<String> paths = new ArrayList<>();
        for (JsonNode file : new ObjectMapper().readTree(answer.body()).path("files")) {
            paths.add(file.path("path").asText());
        }
        return paths;
    }
}

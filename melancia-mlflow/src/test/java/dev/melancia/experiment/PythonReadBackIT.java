package dev.melancia.experiment;

import static dev.melancia.experiment.RecordedForReaders.CHILD_RUN;
import static dev.melancia.experiment.RecordedForReaders.FAILED_RUN;
import static dev.melancia.experiment.RecordedForReaders.PARENT_RUN;
import static dev.melancia.experiment.RecordedForReaders.RUN;
import static dev.melancia.experiment.RecordedForReaders.point;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.melancia.mlflow.AskedHosts;
import dev.melancia.mlflow.ReadBack;
import dev.melancia.mlflow.event.DatasetInput;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlflow.api.proto.Service;
import org.mlflow.tracking.MlflowClient;

/**
 * One recording, read by everybody else who reads MLflow: its Python client, its Java client, and the requests of its
 * pages. None of them shares code with us, and this JVM finds no Python.
 */
class PythonReadBackIT {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    static Path folder;

    private static String server = "";
    private static RecordedForReaders recorded;
    private static JsonNode python;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void record() throws Exception {
        server = ReadBack.required("MELANCIA_TEST_MLFLOW_URI");
        ReadBack reader = ReadBack.from(server);
        try (AskedHosts asked = AskedHosts.listen()) {
            recorded = RecordedForReaders.on(server, folder);
            assertThat(asked.seen()).containsExactly(URI.create(server).getAuthority());
        }
        python = reader.experiment(recorded.experiment).read();
    }

    /** Whoever uses the library need not have Python; only a build that is sure to have none proves it. */
    @Test
    void thisJvmFindsNoPython() {
        List<Path> found = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(directory -> Stream.of("python", "python3", "py").map(Path.of(directory)::resolve))
                .filter(Files::isExecutable)
                .toList();
        assumeTrue(found.isEmpty() || "true".equals(System.getenv("CI")), "Python is on the PATH: " + found);
        assertThat(found).as("on the PATH where CI is true").isEmpty();
    }

    @Test
    void pythonSeesEveryRunWithItsOutcome() {
        Map<String, String> outcomes = new HashMap<>();
        python.path("runs").forEach(run -> {
            outcomes.put(run.path("name").asText(), run.path("status").asText());
            assertThat(run.path("end_time").asLong())
                    .isGreaterThanOrEqualTo(run.path("start_time").asLong(1));
        });
        assertThat(outcomes).isEqualTo(RecordedForReaders.OUTCOMES);
        assertThat(pythonRun(FAILED_RUN).at("/tags/melancia.error").asText()).endsWith("IllegalStateException");
        assertThat(pythonRun(FAILED_RUN).at("/latest/loss").asDouble()).isEqualTo(Double.MIN_VALUE);
    }

    @Test
    void pythonSeesParamsAndTags() {
        JsonNode run = pythonRun(RUN);
        Map<String, String> params = new HashMap<>();
        run.path("params")
                .properties()
                .forEach(param -> params.put(param.getKey(), param.getValue().asText()));
        assertThat(params).isEqualTo(recorded.params);
        assertThat(run.at("/tags/fase").asText()).isEqualTo("produção \uD83D\uDE00");
    }

    @Test
    void pythonSeesEveryPointOfEveryMetric() {
        Map<String, List<List<Object>>> seen = new HashMap<>();
        pythonRun(RUN)
                .path("metrics")
                .properties()
                .forEach(metric -> seen.put(metric.getKey(), points(metric.getValue(), "/0", "/1", "/2")));
        assertThat(seen.values().stream().mapToInt(List::size).sum()).isEqualTo(RecordedForReaders.METRICS);
        assertThat(seen).isEqualTo(recorded.points);
    }

    @Test
    void pythonListsAndDownloadsEveryArtifact() {
        JsonNode artifacts = pythonRun(RUN).path("artifacts");
        Map<String, String> seen = new HashMap<>();
        artifacts
                .properties()
                .forEach(one ->
                        seen.put(one.getKey(), one.getValue().path("sha256").asText()));
        Map<String, String> expected = new HashMap<>();
        recorded.artifacts.forEach((path, content) -> expected.put(path, sha256(content)));
        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void pythonSeesWhichRunANestedOneBelongsTo() {
        assertThat(pythonRun(CHILD_RUN).path("parent").asText())
                .isEqualTo(pythonRun(PARENT_RUN).path("id").asText());
        assertThat(pythonRun(PARENT_RUN).path("parent").isNull()).isTrue();
    }

    @Test
    void pythonSeesDatasets() {
        DatasetInput recordedOne = RecordedForReaders.DATASET;
        JsonNode datasets = pythonRun(PARENT_RUN).path("datasets");
        assertThat(datasets).hasSize(1);
        assertThat(datasets.at("/0/name").asText()).isEqualTo(recordedOne.name());
        assertThat(datasets.at("/0/digest").asText()).isEqualTo(recordedOne.digest());
        assertThat(datasets.at("/0/source_type").asText()).isEqualTo(recordedOne.sourceType());
        assertThat(datasets.at("/0/source").asText()).isEqualTo(recordedOne.source());
        assertThat(datasets.at("/0/schema").asText())
                .isEqualTo(recordedOne.schema().orElseThrow());
        assertThat(datasets.at("/0/profile").asText())
                .isEqualTo(recordedOne.profile().orElseThrow());
        assertThat(datasets.at("/0/tags/mlflow.data.context").asText()).isEqualTo("eval");
    }

    @Test
    void pythonLoadsTables() throws Exception {
        assertThat(pythonRun(PARENT_RUN).path("tables").path("tables/respostas.json"))
                .isEqualTo(MAPPER.readTree("{\"pergunta\":[\"olá, 日本?\",\"e \\\"isto\\\"?\"],\"nota\":[0.5,1.0]}"));
    }

    @Test
    void mlflowsJavaClientSeesTheSame() {
        try (MlflowClient client = new MlflowClient(server)) {
            String id = client.getExperimentByName(recorded.experiment)
                    .orElseThrow()
                    .getExperimentId();
            assertThat(client.searchRuns(List.of(id), "", Service.ViewType.ALL, 10)
                            .getItems())
                    .hasSize(RecordedForReaders.OUTCOMES.size());
            Service.Run run = client.getRun(runId());
            assertThat(run.getInfo().getRunName()).isEqualTo(RUN);
            assertThat(run.getInfo().getStatus()).isEqualTo(Service.RunStatus.FINISHED);
            assertThat(run.getData().getParamsList().stream()
                            .collect(Collectors.toMap(Service.Param::getKey, Service.Param::getValue)))
                    .isEqualTo(recorded.params);
            recorded.points.forEach((key, points) -> assertThat(
                            RecordedForReaders.sorted(client.getMetricHistory(runId(), key).stream()
                                    .map(one -> point(one.getValue(), one.getStep(), one.getTimestamp()))
                                    .toList()))
                    .as(key)
                    .isEqualTo(points));
        }
    }

    @Test
    void thePagesListTheRuns() throws Exception {
        String question = "{\"experiment_ids\":[" + python.at("/experiment/id") + "],\"max_results\":100}";
        JsonNode runs = ask(HttpRequest.newBuilder(URI.create(server + "/ajax-api/2.0/mlflow/runs/search"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(question)))
                .path("runs");
        assertThat(runs.findValuesAsText("run_name"))
                .containsExactlyInAnyOrderElementsOf(RecordedForReaders.OUTCOMES.keySet());
    }

    /** The page of one run asks GraphQL, which has no number for NaN: null there, as for what Python records. */
    @Test
    void thePageOfARunShowsParamsAndLastValues() throws Exception {
        String question = "{\"query\":\"query GetRun($data: MlflowGetRunInput!) { mlflowGetRun(input: $data) { run {"
                + " info { runName status } data { metrics { key value step } params { key value } } } } }\","
                + "\"variables\":{\"data\":{\"runId\":\"" + runId() + "\"}}}";
        JsonNode run = ask(HttpRequest.newBuilder(URI.create(server + "/graphql"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(question)))
                .at("/data/mlflowGetRun/run");
        assertThat(run.at("/info/runName").asText()).isEqualTo(RUN);
        assertThat(run.at("/info/status").asText()).isEqualTo("FINISHED");
        assertThat(run.at("/data/params")).hasSize(recorded.params.size());
        for (JsonNode metric : run.at("/data/metrics")) {
            List<List<Object>> points = recorded.points.get(metric.path("key").asText());
            assertThat(metric.path("step").asLong()).isEqualTo(points.size() - 1);
            assertThat(metric.path("value").asDouble())
                    .isEqualTo(points.get(points.size() - 1).get(0));
        }
    }

    @Test
    void theChartsDrawEveryPoint() throws Exception {
        for (Map.Entry<String, List<List<Object>>> metric : recorded.points.entrySet()) {
            String path = "/ajax-api/2.0/mlflow/metrics/get-history-bulk-interval?max_results=2500&run_ids=" + runId()
                    + "&metric_key=" + encoded(metric.getKey());
            JsonNode answer = ask(HttpRequest.newBuilder(URI.create(server + path)));
            assertThat(points(answer.path("metrics"), "/value", "/step", "/timestamp"))
                    .as(metric.getKey())
                    .isEqualTo(metric.getValue());
        }
    }

    @Test
    void thePagesListAndDownloadArtifacts() throws Exception {
        assertThat(artifactPaths("")).containsExactlyInAnyOrderElementsOf(recorded.artifacts.keySet());
        for (Map.Entry<String, byte[]> artifact : recorded.artifacts.entrySet()) {
            URI uri = URI.create(server + "/get-artifact?run_uuid=" + runId() + "&path=" + encoded(artifact.getKey()));
            byte[] body = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray())
                    .body();
            assertThat(body).as(artifact.getKey()).isEqualTo(artifact.getValue());
        }
    }

    private List<String> artifactPaths(String directory) throws IOException, InterruptedException {
        String path = "/ajax-api/2.0/mlflow/artifacts/list?run_uuid=" + runId()
                + (directory.isEmpty() ? "" : "&path=" + encoded(directory));
        List<String> found = new ArrayList<>();
        for (JsonNode file :
                ask(HttpRequest.newBuilder(URI.create(server + path))).path("files")) {
            String name = file.path("path").asText();
            found.addAll(file.path("is_dir").asBoolean() ? artifactPaths(name) : List.of(name));
        }
        return found;
    }

    private JsonNode ask(HttpRequest.Builder request) throws IOException, InterruptedException {
        String body = http.send(request.build(), BodyHandlers.ofString()).body();
        return MAPPER.readTree(body);
    }

    private static JsonNode pythonRun(String name) {
        List<JsonNode> found = new ArrayList<>();
        python.path("runs").forEach(run -> {
            if (run.path("name").asText().equals(name)) {
                found.add(run);
            }
        });
        assertThat(found).as("runs named " + name).hasSize(1);
        return found.get(0);
    }

    private static String runId() {
        return pythonRun(RUN).path("id").asText();
    }

    /** NaN arrives as a text in every JSON of MLflow. */
    private static List<List<Object>> points(JsonNode points, String value, String step, String millis) {
        List<List<Object>> found = new ArrayList<>();
        points.forEach(one -> found.add(point(
                Double.parseDouble(one.at(value).asText()),
                one.at(step).asLong(),
                one.at(millis).asLong())));
        return found;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new AssertionError(everyJdkHasIt);
        }
    }
}

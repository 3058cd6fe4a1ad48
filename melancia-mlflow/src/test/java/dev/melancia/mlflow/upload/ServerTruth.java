package dev.melancia.mlflow.upload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.tracking.RunJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a real server has, against what was acknowledged; every difference is a line. */
final class ServerTruth {

    private static final String API = "/api/2.0/mlflow/";

    private final MlflowApi api;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, JsonNode> runs = new HashMap<>();
    private final Map<String, Map<Long, Integer>> histories = new HashMap<>();
    private final List<String> differences = new ArrayList<>();
    private int twinsDeleted;

    ServerTruth(MlflowApi api) {
        this.api = api;
    }

    List<String> differences() {
        return differences;
    }

    int runs() {
        return runs.size();
    }

    int twinsDeleted() {
        return twinsDeleted;
    }

    /** Reads all runs of the experiment; two with one id of ours are a difference. */
    void read(String experiment) {
        JsonNode found = api.get(API + "experiments/get-by-name?experiment_name=" + MlflowApi.encode(experiment));
        ObjectNode search = api.body().put("max_results", 1000).put("run_view_type", "ALL");
        search.putArray("experiment_ids")
                .add(found.path("experiment").path("experiment_id").asText());
        String next;
        do {
            JsonNode page = api.post(API + "runs/search", search);
            page.path("runs").forEach(this::add);
            next = page.path("next_page_token").asText("");
            search.put("page_token", next);
        } while (!next.isEmpty());
    }

    private void add(JsonNode run) {
        if (RunFinder.deleted(run)) {
            twinsDeleted++;
        } else if (runs.put(value(run, "tags", RunJson.RUN_ID_TAG), run) != null) {
            differences.add("run twice: " + value(run, "tags", RunJson.RUN_ID_TAG));
        }
    }

    void check(String acknowledged) throws IOException, InterruptedException {
        String[] parts = acknowledged.split("\\|", -1);
        if (parts[0].equals("trace") || parts[0].equals("assessment")) {
            expect(acknowledged, trace(parts));
            return;
        }
        JsonNode run = runs.get(parts[1]);
        expect(acknowledged, run != null && ofRun(parts, run));
    }

    private boolean ofRun(String[] parts, JsonNode run) throws IOException, InterruptedException {
        return switch (parts[0]) {
            case "param" -> value(run, "params", parts[2]).equals(parts[3]);
            case "tag" -> value(run, "tags", parts[2]).equals(parts[3]);
            case "parent" ->
                runs.containsKey(parts[3])
                        && value(run, "tags", "mlflow.parentRunId").equals(id(runs.get(parts[3])));
            case "end" -> run.path("info").path("status").asText().equals(parts[3]);
            case "metric" -> history(id(run), parts[2]).getOrDefault(Long.parseLong(parts[3]), 0) == 1;
            case "artifact" ->
                Arrays.equals(artifact(run, parts[2]), RecordingProcess.content(Long.parseLong(parts[3])));
            default -> parts[0].equals("run");
        };
    }

    private boolean trace(String[] parts) {
        String id = "tr-" + parts[1];
        if (parts[0].equals("trace")) {
            JsonNode spans = api.get("/api/3.0/mlflow/traces/get?trace_id=" + id)
                    .path("trace")
                    .path("spans");
            return spans.size() == 1;
        }
        Set<String> ids = new HashSet<>();
        JsonNode assessments = api.get("/api/3.0/mlflow/traces/" + id)
                .path("trace")
                .path("trace_info")
                .path("assessments");
        assessments.forEach(item -> ids.add(item.path("assessment_id").asText()));
        return assessments.size() == 1 && ids.contains(parts[2]);
    }

    private void expect(String what, boolean there) {
        if (!there) {
            differences.add(what);
        }
    }

    /** How often each step is there. */
    private Map<Long, Integer> history(String run, String key) {
        return histories.computeIfAbsent(run + key, any -> {
            Map<Long, Integer> steps = new HashMap<>();
            api.get(API + "metrics/get-history?run_id=" + run + "&metric_key=" + key)
                    .path("metrics")
                    .forEach(point -> steps.merge(point.path("step").asLong(), 1, Integer::sum));
            return steps;
        });
    }

    private byte[] artifact(JsonNode run, String path) throws IOException, InterruptedException {
        String root = run.path("info").path("artifact_uri").asText().replaceFirst("^mlflow-artifacts:", "");
        URI uri = URI.create(api.settings().uri() + "/api/2.0/mlflow-artifacts/artifacts" + root + "/" + path);
        HttpResponse<byte[]> answer =
                http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
        return answer.statusCode() == 200 ? answer.body() : new byte[0];
    }

    private static String id(JsonNode run) {
        return run.path("info").path("run_id").asText();
    }

    private static String value(JsonNode run, String kind, String key) {
        for (JsonNode item : run.path("data").path(kind)) {
            if (item.path("key").asText().equals(key)) {
                return item.path("value").asText();
            }
        }
        return "";
    }
}

package dev.melancia.mlflow.upload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The traces of a {@link FakeMlflow}, which guards them. */
final class FakeTraces {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TRACES = "/api/3.0/mlflow/traces/";

    /** Number of spans and headers of each request. */
    final List<String> posts = new ArrayList<>();

    /** Span names by trace id. */
    final Map<String, List<String>> spans = new TreeMap<>();

    /** By assessment id. */
    final Map<String, JsonNode> assessments = new TreeMap<>();

    FakeMlflow.Reply answer(String path, UnaryOperator<String> header, JsonNode json) {
        if (path.equals("/v1/traces")) {
            return spans(header, json);
        } else if (path.endsWith("/assessments")) {
            return assess(path.substring(TRACES.length()).replace("/assessments", ""), json.path("assessment"));
        } else if (path.startsWith(TRACES)) {
            ObjectNode trace = JSON.createObjectNode();
            ObjectNode info = trace.putObject("trace").putObject("trace_info");
            assessments.values().forEach(info.withArray("assessments")::add);
            return FakeMlflow.Reply.text(200, trace.toString());
        }
        return FakeMlflow.Reply.text(404, "<html>no such page</html>");
    }

    private FakeMlflow.Reply spans(UnaryOperator<String> header, JsonNode json) {
        List<JsonNode> found = json.findValues("spans");
        posts.add(
                found.size() + " of " + header.apply("x-mlflow-experiment-id") + " " + header.apply("x-mlflow-run-id"));
        for (JsonNode list : found) {
            for (JsonNode span : list) {
                List<String> names = spans.computeIfAbsent(span.path("traceId").asText(), id -> new ArrayList<>());
                if (!names.contains(span.path("name").asText())) {
                    names.add(span.path("name").asText());
                }
            }
        }
        return FakeMlflow.Reply.text(200, "");
    }

    private FakeMlflow.Reply assess(String trace, JsonNode assessment) {
        if (!spans.containsKey(trace.replace("tr-", ""))) {
            return FakeMlflow.Reply.json(404, "RESOURCE_DOES_NOT_EXIST", "no such trace");
        }
        if (assessments.putIfAbsent(assessment.path("assessment_id").asText(), assessment) != null) {
            return FakeMlflow.Reply.json(500, "INTERNAL_ERROR", "due to a constraint violation");
        }
        return FakeMlflow.Reply.text(200, "{}");
    }
}

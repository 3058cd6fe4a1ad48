package dev.melancia.mlflow.upload;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.mlflow.event.TraceEvent;
import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The requests about traces that an upload needs. Those that speak to the server throw {@link MlflowException}. */
final class TraceRequests {

    private static final String TRACES = "/api/3.0/mlflow/traces/";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final MlflowApi api;

    TraceRequests(MlflowApi api) {
        this.api = api;
    }

    /** The spans of an event, or null when its text has none. */
    static @Nullable ArrayNode resourceSpans(TraceEvent.Spans event) {
        return object(event).path("resourceSpans") instanceof ArrayNode spans && !spans.isEmpty() ? spans : null;
    }

    /** The text of an event as an object; an empty one when it is none. */
    static ObjectNode object(TraceEvent event) {
        try {
            return JSON.readTree(event.json()) instanceof ObjectNode object ? object : JSON.createObjectNode();
        } catch (JacksonException notJson) {
            return JSON.createObjectNode();
        }
    }

    /** Sends spans, and returns how many lists of them; sending them again changes nothing. */
    int send(String experimentId, Optional<UploadedRun> run, List<ArrayNode> spans) {
        Map<String, String> headers = new HashMap<>();
        headers.put("x-mlflow-experiment-id", experimentId);
        run.ifPresent(known -> headers.put("x-mlflow-run-id", known.id()));
        ArrayNode joined = JSON.createArrayNode();
        spans.forEach(joined::addAll);
        try {
            byte[] body = JSON.writeValueAsBytes(JSON.createObjectNode().set("resourceSpans", joined));
            api.postText("/v1/traces", body, headers);
            return spans.size();
        } catch (JsonProcessingException impossibleInMemory) {
            throw new UncheckedIOException(impossibleInMemory);
        }
    }

    /**
     * Adds an assessment. The id that it carries is a key of the server's database, so that a second creation fails, with
     * 500; then, and whenever else the server fails, the trace tells whether the first one was carried out.
     *
     * @param again whether it may be there already, so that it is better to look first
     */
    void assess(String traceId, ObjectNode assessment, boolean again) {
        String id = "tr-" + traceId;
        assessment.put("trace_id", id);
        if (again && has(id, assessment.path("assessment_id").asText())) {
            return;
        }
        try {
            api.post(TRACES + id + "/assessments", api.body().set("assessment", assessment));
        } catch (MlflowException failure) {
            boolean unclear = failure.status() >= 500 || failure.kind() == MlflowException.Kind.CONFLICT;
            if (!unclear || !has(id, assessment.path("assessment_id").asText())) {
                throw failure;
            }
        }
    }

    private boolean has(String id, String assessmentId) {
        JsonNode info = api.get(TRACES + id).path("trace").path("trace_info");
        for (JsonNode assessment : info.path("assessments")) {
            if (assessment.path("assessment_id").asText().equals(assessmentId)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Writes something that changes nothing of worth, to tell a server that cannot write from one that cannot take a certain
     * item.
     */
    JsonNode probe(String experimentId) {
        return api.post(
                "/api/2.0/mlflow/experiments/set-experiment-tag",
                api.body()
                        .put("experiment_id", experimentId)
                        .put("key", "melancia.probe")
                        .put("value", "1"));
    }
}

package dev.melancia.mlflow.trace;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a server knows of a trace, without its spans. Unknown is absent, never zero. Immutable; its {@code toString()} shows no
 * content.
 *
 * @since 0.1.0
 */
public final class LoggedTrace {

    private static final String TOKENS = "mlflow.trace.tokenUsage";
    private static final String COST = "mlflow.trace.cost";

    private final JsonNode info;

    LoggedTrace(JsonNode info) {
        this.info = info;
    }

    /** MLflow's id: {@code tr-} and, for traces of this library, 32 hexadecimal digits. */
    public String id() {
        return info.path("trace_id").asText();
    }

    /** The experiment it is in. */
    public String experimentId() {
        return info.at("/trace_location/mlflow_experiment/experiment_id").asText();
    }

    /** {@code OK}, {@code ERROR} or {@code IN_PROGRESS}. */
    public String state() {
        return info.path("state").asText();
    }

    /** When it began, to the millisecond. */
    public Optional<Instant> time() {
        return text(info.path("request_time")).map(Instant::parse);
    }

    /** Whose call it was. */
    public Optional<String> user() {
        return Optional.ofNullable(metadata().get("mlflow.trace.user"));
    }

    /** The conversation it is part of. */
    public Optional<String> session() {
        return Optional.ofNullable(metadata().get("mlflow.trace.session"));
    }

    /** The run it belongs to. */
    public Optional<String> runId() {
        return Optional.ofNullable(metadata().get("mlflow.sourceRun"));
    }

    /** The first 1000 characters of what went in. */
    public Optional<String> inputs() {
        return text(info.path("request_preview"));
    }

    /** The first 1000 characters of what came out. */
    public Optional<String> outputs() {
        return text(info.path("response_preview"));
    }

    /** Tokens of all its prompts. */
    public OptionalLong inputTokens() {
        JsonNode count = OtlpReading.json(metadata().getOrDefault(TOKENS, "")).path("input_tokens");
        return count.isNumber() ? OptionalLong.of(count.asLong()) : OptionalLong.empty();
    }

    /** Tokens of all its answers. */
    public OptionalLong outputTokens() {
        JsonNode count = OtlpReading.json(metadata().getOrDefault(TOKENS, "")).path("output_tokens");
        return count.isNumber() ? OptionalLong.of(count.asLong()) : OptionalLong.empty();
    }

    /** What it cost in US dollars, as near as a double comes; the exact amounts are in the spans. */
    public OptionalDouble costUsd() {
        JsonNode cost = OtlpReading.json(metadata().getOrDefault(COST, "")).path("total_cost");
        return cost.isNumber() ? OptionalDouble.of(cost.asDouble()) : OptionalDouble.empty();
    }

    /** Its tags, the server's own included. */
    public Map<String, String> tags() {
        return texts(info.path("tags"));
    }

    /** Everything else the server keeps of it. */
    public Map<String, String> metadata() {
        return texts(info.path("trace_metadata"));
    }

    /** What was said of it. */
    public List<LoggedAssessment> assessments() {
        List<LoggedAssessment> assessments = new ArrayList<>();
        info.path("assessments").forEach(one -> assessments.add(OtlpReading.assessment(one)));
        return List.copyOf(assessments);
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() && !node.asText().isEmpty() ? Optional.of(node.asText()) : Optional.empty();
    }

    private static Map<String, String> texts(JsonNode node) {
        Map<String, String> texts = new LinkedHashMap<>();
        node.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }

    @Override
    public String toString() {
        return "LoggedTrace[" + id() + ", " + state() + "]";
    }
}

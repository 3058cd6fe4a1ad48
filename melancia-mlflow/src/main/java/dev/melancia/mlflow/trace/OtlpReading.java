package dev.melancia.mlflow.trace;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads what the server answers: spans as Protobuf's JSON, with ids in base 64. Lenient, since Python writes traces too. Stateless. */
final class OtlpReading {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String VALUE = "value";

    private OtlpReading() {}

    static LoggedSpan span(JsonNode span) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (JsonNode attribute : span.path("attributes")) {
            attributes.put(attribute.path("key").asText(), text(value(attribute.path(VALUE))));
        }
        String parent = id(span.path("parent_span_id").asText());
        boolean failed = span.path("status").path("code").asText().endsWith("ERROR");
        return new LoggedSpan(
                id(span.path("span_id").asText()),
                parent.isEmpty() ? Optional.empty() : Optional.of(parent),
                span.path("name").asText(),
                failed,
                attributes);
    }

    static LoggedAssessment assessment(JsonNode json) {
        JsonNode value = json.has("expectation") ? json.path("expectation") : json.path("feedback");
        boolean known = value.hasNonNull(VALUE);
        String rationale = json.path("rationale").asText("");
        return new LoggedAssessment(
                json.path("assessment_id").asText(),
                json.path("assessment_name").asText(),
                source(json.path("source")),
                known ? Optional.of(text(value.path(VALUE))) : Optional.empty(),
                rationale.isEmpty() ? Optional.empty() : Optional.of(rationale));
    }

    private static AssessmentSource source(JsonNode source) {
        String id = source.path("source_id").asText();
        String shown = id.isBlank() ? "unknown" : id.substring(0, Math.min(id.length(), Rules.MAX_NAME));
        AssessmentSource.Kind kind =
                switch (source.path("source_type").asText()) {
                    case "HUMAN" -> AssessmentSource.Kind.HUMAN;
                    case "LLM_JUDGE", "AI_JUDGE" -> AssessmentSource.Kind.LLM_JUDGE;
                    default -> AssessmentSource.Kind.CODE;
                };
        return new AssessmentSource(kind, shown);
    }

    /** A JSON text; missing when it is none. */
    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException notJson) {
            return MissingNode.getInstance();
        }
    }

    private static String text(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private static JsonNode value(JsonNode any) {
        if (any.has("kvlist_value")) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            any.path("kvlist_value")
                    .path("values")
                    .forEach(part -> object.set(part.path("key").asText(), value(part.path(VALUE))));
            return object;
        }
        if (any.has("array_value")) {
            return any.path("array_value").path("values");
        }
        return any.isObject() && any.size() == 1 ? any.elements().next() : any;
    }

    private static String id(String base64) {
        try {
            return HexFormat.of().formatHex(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException foreign) {
            return base64;
        }
    }
}

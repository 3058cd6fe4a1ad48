package dev.melancia.mlflow.trace;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes spans as OTLP/JSON: with OpenTelemetry's names for what models do, and with MLflow's own for what its pages and
 * sums read. Confined to one thread.
 *
 * <p>For the maintainer, measured on MLflow 3.17.2. A span with a model and tokens but without {@code mlflow.llm.cost} makes
 * the server fetch a price list and invent a cost. Of what may be sent instead, {@code {}} counts as zero, and text, null or
 * a list as cost, or a null within it, makes it refuse the request (422). NaN alone is read as unknown, and makes the cost of
 * the trace unknown too; it has to be sent as numbers of OTLP. The same holds for a count of tokens.
 */
final class SpanWriter {

    private static final String NOT_KNOWN = "NaN";
    private static final int OK = 1;
    private static final int ERROR = 2;

    private final JsonGenerator json;
    private final BoundedText bound;

    SpanWriter(JsonGenerator json, BoundedText bound) {
        this.json = json;
        this.bound = bound;
    }

    /**
     * One span.
     *
     * @param ids of it and its parent
     * @param more attributes beside its own
     */
    void write(Span span, SpanIds ids, List<OtlpAttribute> more) throws IOException {
        json.writeStartObject();
        json.writeStringField("traceId", ids.traceId());
        json.writeStringField("spanId", ids.of(span));
        if (span.parent != null) {
            json.writeStringField("parentSpanId", ids.of(span.parent));
        }
        json.writeStringField("name", span.name);
        json.writeNumberField("kind", 1);
        json.writeStringField("startTimeUnixNano", Long.toString(span.startEpochNanos));
        json.writeStringField("endTimeUnixNano", Long.toString(span.endEpochNanos));
        status(span.error);
        List<OtlpAttribute> attributes = new ArrayList<>(more);
        attributes.addAll(known(span));
        attributes.addAll(span.attributes);
        attributes(attributes);
        events(span.events);
        json.writeEndObject();
    }

    private void status(@Nullable String error) throws IOException {
        json.writeObjectFieldStart("status");
        json.writeNumberField("code", error == null ? OK : ERROR);
        if (error != null) {
            json.writeStringField("message", bound.of(error));
        }
        json.writeEndObject();
    }

    private void attributes(List<OtlpAttribute> attributes) throws IOException {
        json.writeArrayFieldStart("attributes");
        for (OtlpAttribute attribute : attributes) {
            attribute.write(json, bound);
        }
        json.writeEndArray();
    }

    private void events(List<SpanEvent> events) throws IOException {
        if (events.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("events");
        for (SpanEvent event : events) {
            json.writeStartObject();
            json.writeStringField("name", event.name());
            json.writeStringField("timeUnixNano", Long.toString(event.epochNanos()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static List<OtlpAttribute> known(Span span) {
        List<OtlpAttribute> known = new ArrayList<>();
        known.add(OtlpAttribute.text("mlflow.spanType", span.type.name()));
        text(known, "mlflow.spanInputs", span.inputs);
        text(known, "mlflow.spanOutputs", span.outputs);
        if (!span.type.operation().isEmpty()) {
            known.add(OtlpAttribute.text("gen_ai.operation.name", span.type.operation()));
        }
        text(known, "gen_ai.provider.name", span.provider);
        text(known, "gen_ai.request.model", span.model);
        text(known, "gen_ai.response.model", span.model);
        text(known, "mlflow.llm.provider", span.provider);
        text(known, "mlflow.llm.model", span.model);
        tokens(known, span);
        cost(known, span);
        return known;
    }

    private static void text(List<OtlpAttribute> attributes, String key, @Nullable String value) {
        if (value != null) {
            attributes.add(OtlpAttribute.text(key, value));
        }
    }

    private static void tokens(List<OtlpAttribute> attributes, Span span) {
        boolean input = Span.isCounted(span.inputTokens);
        boolean output = Span.isCounted(span.outputTokens);
        boolean cached = Span.isCounted(span.cachedInputTokens);
        if (!input && !output) {
            return;
        }
        List<String> usage = new ArrayList<>();
        usage.add(number("input_tokens", input ? Long.toString(span.inputTokens) : NOT_KNOWN));
        usage.add(number("output_tokens", output ? Long.toString(span.outputTokens) : NOT_KNOWN));
        String total = input && output ? Long.toString(span.inputTokens + span.outputTokens) : NOT_KNOWN;
        usage.add(number("total_tokens", total));
        if (cached) {
            usage.add(number("cache_read_input_tokens", Long.toString(span.cachedInputTokens)));
            attributes.add(OtlpAttribute.whole("gen_ai.usage.cache_read.input_tokens", span.cachedInputTokens));
        }
        attributes.add(numbers("mlflow.chat.tokenUsage", usage));
        if (input) {
            attributes.add(OtlpAttribute.whole("gen_ai.usage.input_tokens", span.inputTokens));
        }
        if (output) {
            attributes.add(OtlpAttribute.whole("gen_ai.usage.output_tokens", span.outputTokens));
        }
    }

    private static void cost(List<OtlpAttribute> attributes, Span span) {
        BigDecimal usd = span.costUsd;
        if (usd == null && span.model == null) {
            return;
        }
        BigDecimal input = span.inputCostUsd;
        BigDecimal output = usd == null || input == null ? null : usd.subtract(input);
        attributes.add(numbers(
                "mlflow.llm.cost",
                List.of(amount("input_cost", input), amount("output_cost", output), amount("total_cost", usd))));
        if (usd != null) {
            attributes.add(OtlpAttribute.text("melancia.cost_usd", usd.toPlainString()));
        }
    }

    private static String amount(String key, @Nullable BigDecimal usd) {
        return number(key, usd == null ? NOT_KNOWN : Double.toString(usd.doubleValue()));
    }

    private static OtlpAttribute numbers(String key, List<String> values) {
        return new OtlpAttribute(key, OtlpAttribute.Form.KEY_VALUES, "{\"values\":[" + String.join(",", values) + "]}");
    }

    /** Whole numbers as such, since MLflow shows 10.0 tokens otherwise. */
    private static String number(String key, String value) {
        boolean whole = value.chars().allMatch(c -> c >= '0' && c <= '9');
        String field = whole ? "intValue" : "doubleValue";
        return "{\"key\":\"" + key + "\",\"value\":{\"" + field + "\":\"" + value + "\"}}";
    }
}

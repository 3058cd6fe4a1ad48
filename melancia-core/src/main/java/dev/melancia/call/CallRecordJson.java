package dev.melancia.call;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.melancia.cost.Cost;
import dev.melancia.provider.ModelId;
import dev.melancia.routing.RoutingDecision;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A call record as one line of JSON, the public format that {@code docs/call-record.md} describes. Absent means unknown,
 * never null and never 0; times are epoch microseconds, durations nanoseconds, money a decimal string. Stateless.
 *
 * <p>A line is kept short: tenant, user tier, conversation id, prompt version and values of tags are cut to
 * 256 characters, names of tags to 64, and of the tags the first
 * 32 by name are written. What was cut ends with {@code …}.
 *
 * @since 0.1.0
 */
public final class CallRecordJson {

    /** Version of the format, the field {@code v} that comes first. */
    public static final int VERSION = 1;

    private static final int LONGEST_TEXT = 256;
    private static final int LONGEST_TAG_NAME = 64;
    private static final int MOST_TAGS = 32;
    private static final String CUT = "…";

    private static final JsonFactory JSON = new JsonFactory();

    private CallRecordJson() {}

    /** The record as one line, without the line end. */
    public static String line(CallRecord record) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("v", VERSION);
            call(json, record);
            caller(json, record);
            Optional<RoutingDecision> decision = record.decision();
            if (decision.isPresent()) {
                decision(json, decision.get());
            }
            json.writeArrayFieldStart("attempts");
            for (Attempt attempt : record.attempts()) {
                attempt(json, attempt);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a StringWriter cannot fail", e);
        }
        return text.toString();
    }

    private static void call(JsonGenerator json, CallRecord record) throws IOException {
        json.writeStringField("id", record.id().toString());
        json.writeNumberField("start_us", record.startEpochMicros());
        json.writeNumberField("duration_ns", record.durationNanos());
        number(json, "first_token_ns", record.timeToFirstTokenNanos());
        json.writeStringField("outcome", name(record.outcome()));
        json.writeBooleanField("streaming", record.isStreaming());
        json.writeBooleanField("cache_hit", record.isCacheHit());
        model(json, "assigned", record.assigned());
        model(json, "answered_by", record.answeredBy());
        cost(json, "cost", record.cost());
        if (record.isCacheHit()) {
            cost(json, "saved_cost", record.savedCost());
        }
    }

    private static void caller(JsonGenerator json, CallRecord record) throws IOException {
        text(json, "user_key", record.userKey());
        hostText(json, "tenant", record.tenant());
        hostText(json, "user_tier", record.userTier());
        hostText(json, "conversation_id", record.conversationId());
        hostText(json, "prompt_version", record.promptVersion());
        if (!record.tags().isEmpty()) {
            json.writeObjectFieldStart("tags");
            for (Map.Entry<String, String> tag : cut(record.tags()).entrySet()) {
                json.writeStringField(tag.getKey(), tag.getValue());
            }
            json.writeEndObject();
        }
    }

    /** The first tags by name, cut; of names that are the same once they are cut, the first. */
    private static Map<String, String> cut(Map<String, String> tags) {
        Map<String, String> cut = new LinkedHashMap<>();
        new TreeMap<>(tags)
                .entrySet().stream()
                        .limit(MOST_TAGS)
                        .forEach(tag -> cut.putIfAbsent(
                                cut(tag.getKey(), LONGEST_TAG_NAME), cut(tag.getValue(), LONGEST_TEXT)));
        return cut;
    }

    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = longest - CUT.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + CUT;
    }

    private static void decision(JsonGenerator json, RoutingDecision decision) throws IOException {
        json.writeStringField("policy", decision.policyId());
        json.writeStringField("policy_version", decision.policyVersion());
        text(json, "rule", decision.rule());
        json.writeStringField("reason", decision.reason());
        text(json, "split", decision.splitId());
        text(json, "arm", decision.arm());
        if (decision.splitId().isPresent()) {
            json.writeBooleanField("sticky", decision.isSticky());
        }
        if (decision.splitId().isPresent() && !decision.isSticky()) {
            json.writeStringField("draw", Long.toString(decision.draw())); // 64 bits: too many for a JSON number
        }
        rejections(json, decision);
        flags(json, decision);
    }

    private static void rejections(JsonGenerator json, RoutingDecision decision) throws IOException {
        if (decision.rejections().isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("rejections");
        for (var rejection : decision.rejections()) {
            json.writeStartObject();
            json.writeStringField("model", rejection.model().toString());
            json.writeStringField("reason", rejection.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void flags(JsonGenerator json, RoutingDecision decision) throws IOException {
        if (decision.flags().isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("flags");
        for (var flag : decision.flags()) {
            json.writeStartObject();
            json.writeStringField("flag", flag.flag());
            json.writeStringField("value", flag.value());
            json.writeStringField("reason", flag.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void attempt(JsonGenerator json, Attempt attempt) throws IOException {
        json.writeStartObject();
        json.writeStringField("model", attempt.model().toString());
        json.writeStringField("outcome", name(attempt.outcome()));
        json.writeNumberField("start_offset_ns", attempt.startOffsetNanos());
        json.writeNumberField("duration_ns", attempt.durationNanos());
        number(json, "first_token_ns", attempt.timeToFirstTokenNanos());
        number(json, "input_tokens", attempt.inputTokens());
        number(json, "output_tokens", attempt.outputTokens());
        cost(json, "cost", attempt.cost());
        text(json, "error", attempt.errorType());
        json.writeEndObject();
    }

    private static void cost(JsonGenerator json, String field, Cost cost) throws IOException {
        if (cost.usd().isPresent()) {
            json.writeStringField(field, cost.usd().get().stripTrailingZeros().toPlainString());
            if (field.equals("cost")) {
                json.writeStringField("currency", "USD");
            }
            json.writeStringField(field + "_kind", cost.kind().name().toLowerCase(Locale.ROOT));
        }
    }

    private static String name(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    private static void model(JsonGenerator json, String field, Optional<ModelId> model) throws IOException {
        text(json, field, model.map(ModelId::toString));
    }

    private static void text(JsonGenerator json, String field, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(field, value.get());
        }
    }

    private static void hostText(JsonGenerator json, String field, Optional<String> value) throws IOException {
        text(json, field, value.map(text -> cut(text, LONGEST_TEXT)));
    }

    private static void number(JsonGenerator json, String field, OptionalLong value) throws IOException {
        if (value.isPresent()) {
            json.writeNumberField(field, value.getAsLong());
        }
    }

    private static void number(JsonGenerator json, String field, OptionalInt value) throws IOException {
        if (value.isPresent()) {
            json.writeNumberField(field, value.getAsInt());
        }
    }
}

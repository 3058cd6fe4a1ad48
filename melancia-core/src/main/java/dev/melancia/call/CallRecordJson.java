package dev.melancia.call;

import static dev.melancia.call.LineLimits.LONGEST_LINE;

import dev.melancia.cost.Cost;
import dev.melancia.routing.RoutingDecision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call record as one line of JSON, the public format that {@code docs/call-record.md} describes. Absent means unknown,
 * never null and never 0; times are epoch microseconds, durations nanoseconds, money a decimal string. {@link
 * CallRecordLine} reads it. Stateless.
 *
 * <p>A line has at most 64 kB. Texts of hosts and of configuration are cut to 256 characters, the reason to 1,024, names of
 * tags to 64; of the tags the first 32 by name are written, of every list the first 64. What was cut ends with {@code …}.
 * Where that is still too long, the line is written with a quarter of these limits.
 *
 * @since 0.1.0
 */
public final class CallRecordJson {

    /** Version of the format, the field {@code v} that comes first. */
    public static final int VERSION = 1;

    private CallRecordJson() {}

    /** The record as one line, without the line end. */
    public static String line(CallRecord record) {
        String line = line(record, LineLimits.USUAL);
        return fits(line) ? line : line(record, LineLimits.TIGHT);
    }

    /** Feedback as one line, without the line end and without the user's words: that there were some is said. */
    public static String line(UserFeedback feedback) {
        return FeedbackJson.line(feedback, false);
    }

    private static boolean fits(String line) {
        return line.length() < LONGEST_LINE / 3 // at most three bytes a character: nearly always enough to know
                || line.getBytes(StandardCharsets.UTF_8).length < LONGEST_LINE;
    }

    private static String line(CallRecord whole, LineLimits limits) {
        return LineWriter.line(whole, limits, (line, record) -> {
            call(line, record);
            caller(line, record);
            Optional<RoutingDecision> decision = record.decision();
            if (decision.isPresent()) {
                DecisionJson.write(line, decision.get());
            }
            List<Attempt> all = record.attempts();
            Attempt answering = record.answeringAttempt().orElse(null);
            line.items("attempts", all, limits.first(all, answering), CallRecordJson::attempt);
        });
    }

    private static void call(LineWriter line, CallRecord record) throws IOException {
        line.plain("id", record.id().toString());
        line.number("start_us", record.startEpochMicros());
        line.number("duration_ns", record.durationNanos());
        line.number("first_token_ns", record.timeToFirstTokenNanos());
        line.constant("outcome", record.outcome());
        line.truth("streaming", record.isStreaming());
        line.truth("cache_hit", record.isCacheHit());
        line.model("assigned", record.assigned());
        line.model("answered_by", record.answeredBy());
        line.cost(record.cost());
        parts(line, record);
        if (record.isCacheHit() && record.savedCost().usd().isPresent()) {
            line.amount("saved_cost", record.savedCost());
            line.constant("saved_cost_kind", record.savedCost().kind());
        }
    }

    /** What is known and what is estimated, where the whole is not known. */
    private static void parts(LineWriter line, CallRecord record) throws IOException {
        Cost.Kind whole = record.cost().kind();
        boolean known = whole != Cost.Kind.KNOWN && has(record, Cost.Kind.KNOWN);
        boolean estimated = whole != Cost.Kind.KNOWN && has(record, Cost.Kind.ESTIMATED);
        if (known) {
            line.amount("known_cost", record.knownCost());
        }
        if (estimated) {
            line.amount("estimated_cost", record.estimatedCost());
        }
        if (whole == Cost.Kind.UNKNOWN && (known || estimated)) {
            line.plain("currency", "USD");
        }
    }

    private static boolean has(CallRecord record, Cost.Kind kind) {
        return record.attempts().stream().anyMatch(attempt -> attempt.cost().kind() == kind);
    }

    private static void caller(LineWriter line, CallRecord record) throws IOException {
        line.text("user_key", record.userKey());
        line.text("tenant", record.tenant());
        line.text("user_tier", record.userTier());
        line.text("conversation_id", record.conversationId());
        line.text("prompt_version", record.promptVersion());
        if (record.urgency() != Urgency.NORMAL) {
            line.constant("urgency", record.urgency());
        }
        if (!record.tags().isEmpty()) {
            tags(line, record.tags());
        }
    }

    private static void tags(LineWriter line, Map<String, String> all) throws IOException {
        Map<String, String> written = line.limits.cut(all);
        line.json.writeObjectFieldStart("tags");
        for (Map.Entry<String, String> tag : written.entrySet()) {
            line.plain(tag.getKey(), tag.getValue());
        }
        line.json.writeEndObject();
        if (written.size() < all.size()) {
            line.number("tags_left_out", all.size() - written.size());
        }
    }

    private static void attempt(LineWriter line, Attempt attempt) throws IOException {
        line.json.writeStartObject();
        line.text("model", attempt.model().toString());
        line.constant("outcome", attempt.outcome());
        if (attempt.isHedge()) {
            line.truth("hedge", true);
        }
        line.number("start_offset_ns", attempt.startOffsetNanos());
        line.number("duration_ns", attempt.durationNanos());
        line.number("first_token_ns", attempt.timeToFirstTokenNanos());
        line.number("input_tokens", attempt.tokens().input());
        line.number("cached_input_tokens", attempt.tokens().cachedInput());
        line.number("output_tokens", attempt.tokens().output());
        line.number("reasoning_tokens", attempt.tokens().reasoning());
        line.cost(attempt.cost());
        line.text("error", attempt.errorType());
        line.json.writeEndObject();
    }
}

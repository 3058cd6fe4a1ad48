package dev.melancia.call;

import dev.melancia.provider.ModelId;
import dev.melancia.routing.RoutingDecision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Tells the host's log of every call: one SLF4J event with key-value pairs, for people and for log search. It is no
 * archive: {@link CallLog} is. Thread-safe; next to nothing where the logger's level is off.
 *
 * <p>The logger is {@value #LOGGER}. A call is told at INFO as {@value #CALL}, at WARN when the models failed it or its
 * prompt was cut (not when the host cancelled it or the request was at fault), and each of its attempts at DEBUG as {@value #ATTEMPT}; feedback at INFO as
 * {@value #FEEDBACK}. What is unknown is absent. No prompt, answer, comment, tag or user id is in it; texts are cut to 256 characters
 * and kept on one line. A user is shown by a keyed hash, see {@link UserKeys}.
 *
 * @since 0.1.0
 */
public final class CallEvents implements CallListener {

    /** Name of the logger. */
    public static final String LOGGER = "dev.melancia.call.CallEvents";

    /** Message of the event of a call. */
    public static final String CALL = "Model call";

    /** Message of the event of an attempt. */
    public static final String ATTEMPT = "Model attempt";

    /** Message of the event of feedback. */
    public static final String FEEDBACK = "User feedback";

    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

    private CallEvents() {}

    public static CallEvents create() {
        return new CallEvents();
    }

    @Override
    public void onCall(CallRecord record) {
        Level level = level(record.outcome());
        if (!LOG.isEnabledForLevel(level)) {
            return;
        }
        CallEvent event = new CallEvent(LOG.atLevel(level));
        event.plain("call_id", record.id().toString());
        event.plain("outcome", EventText.name(record.outcome()));
        models(event, record);
        record.decision().ifPresent(decision -> decision(event, decision));
        figures(event, record);
        caller(event, record);
        event.log(CALL);
        if (LOG.isDebugEnabled()) {
            attempts(record);
        }
    }

    /** WARN where a user got no answer, or one to a part of the prompt, and neither user, host nor request wanted it so. */
    private static Level level(Outcome outcome) {
        return switch (outcome) {
            case ANSWERED, CANCELLED, INTERRUPTED, REJECTED, INVALID_REQUEST, CONTENT_FILTERED -> Level.INFO;
            default -> Level.WARN;
        };
    }

    private static void models(CallEvent event, CallRecord record) {
        record.answeredBy().map(ModelId::toString).ifPresent(model -> event.text("answered_by", model));
        record.assigned().map(ModelId::toString).ifPresent(model -> event.text("assigned", model));
        event.plain("fell_back", record.fellBack());
        event.plain("streaming", record.isStreaming());
        event.plain("cache_hit", record.isCacheHit());
        event.plain("attempts", record.attempts().size());
    }

    private static void decision(CallEvent event, RoutingDecision decision) {
        event.text("policy", decision.policyId());
        event.text("policy_version", decision.policyVersion());
        decision.rule().ifPresent(rule -> event.text("rule", rule));
        event.text("reason", decision.reason());
        decision.splitId().ifPresent(split -> event.text("split", split));
        decision.arm().ifPresent(arm -> event.text("arm", arm));
    }

    private static void figures(CallEvent event, CallRecord record) {
        event.plain("duration_ms", record.durationNanos() / CallEvent.NANOS_PER_MILLI);
        event.millis("first_token_ms", record.timeToFirstTokenNanos());
        event.number("input_tokens", record.inputTokens());
        event.number("output_tokens", record.outputTokens());
        event.cost("cost", record.cost());
        if (record.isCacheHit()) {
            event.cost("saved_cost", record.savedCost());
        }
    }

    private static void caller(CallEvent event, CallRecord record) {
        record.userKey().ifPresent(key -> event.plain("user_key", key));
        record.tenant().ifPresent(tenant -> event.text("tenant", tenant));
        record.userTier().ifPresent(tier -> event.text("user_tier", tier));
        record.conversationId().ifPresent(id -> event.text("conversation_id", id));
        record.promptVersion().ifPresent(version -> event.text("prompt_version", version));
        if (record.urgency() != Urgency.NORMAL) {
            event.plain("urgency", EventText.name(record.urgency()));
        }
    }

    private static void attempts(CallRecord record) {
        int number = 0;
        for (Attempt attempt : record.attempts()) {
            CallEvent event = new CallEvent(LOG.atDebug());
            event.plain("call_id", record.id().toString());
            event.plain("attempt", ++number);
            event.text("model", attempt.model().toString());
            event.plain("outcome", EventText.name(attempt.outcome()));
            if (attempt.isHedge()) {
                event.plain("hedge", true);
            }
            event.plain("start_offset_ms", attempt.startOffsetNanos() / CallEvent.NANOS_PER_MILLI);
            event.plain("duration_ms", attempt.durationNanos() / CallEvent.NANOS_PER_MILLI);
            event.millis("first_token_ms", attempt.timeToFirstTokenNanos());
            event.number("input_tokens", attempt.inputTokens());
            event.number("cached_input_tokens", attempt.tokens().cachedInput());
            event.number("output_tokens", attempt.outputTokens());
            event.number("reasoning_tokens", attempt.tokens().reasoning());
            event.cost("cost", attempt.cost());
            attempt.errorType().ifPresent(error -> event.text("error", error));
            event.log(ATTEMPT);
        }
    }

    @Override
    public void onFeedback(UserFeedback feedback) {
        if (LOG.isInfoEnabled()) {
            CallEvent event = new CallEvent(LOG.atInfo());
            event.plain("call_id", feedback.call().toString());
            event.number("rating", feedback.rating());
            feedback.thumbsUp().ifPresent(up -> event.plain("thumbs", up ? "up" : "down"));
            event.plain("commented", feedback.comment().isPresent());
            event.log(FEEDBACK);
        }
    }

    @Override
    public String toString() {
        return "CallEvents[" + LOGGER + "]";
    }
}

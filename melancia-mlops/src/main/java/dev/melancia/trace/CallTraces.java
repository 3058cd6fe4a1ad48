package dev.melancia.trace;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.melancia.call.Attempt;
import dev.melancia.call.CallId;
import dev.melancia.call.CallRecord;
import dev.melancia.call.Outcome;
import dev.melancia.mlflow.trace.Span;
import dev.melancia.mlflow.trace.SpanType;
import dev.melancia.mlflow.trace.Trace;
import dev.melancia.provider.ModelId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes traces of records: the call is the root, each attempt a span below it. Whatever is in a record, a trace comes of it:
 * names that MLflow would refuse are cut or mended. Immutable.
 *
 * @param textCharacters most characters of the question, and of the answer, where there are texts
 */
record CallTraces(int textCharacters) {

    static final int MAX_NAME = 250;

    private static final int MAX_ATTEMPTS = 50;
    private static final int MAX_TAGS = 30;
    private static final int MAX_REASON = 2_000;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final double NANOS_PER_MILLI = 1e6;

    /** The same 128 bits: whoever knows the id of a call knows that of its trace. */
    static String traceId(CallId call) {
        return new UUID(call.mostSignificantBits(), call.leastSignificantBits())
                .toString()
                .replace("-", "");
    }

    /** Whether a call ended as nobody wanted; one that the host cancelled did not. */
    static boolean isFailure(Outcome outcome) {
        return !outcome.isAnswer() && outcome != Outcome.CANCELLED && outcome != Outcome.INTERRUPTED;
    }

    Trace of(CallRecord record, @Nullable CallText text) {
        Trace.Builder trace = Trace.builder(traceId(record.id()));
        Span root = root(record, text);
        trace.span(root);
        int number = 0;
        for (Attempt attempt : record.attempts()) {
            if (number < MAX_ATTEMPTS) {
                trace.span(attempt(record, attempt, root, text, ++number));
            }
        }
        record.userKey().ifPresent(trace::user);
        record.conversationId().map(LongText::name).ifPresent(trace::session);
        record.promptVersion()
                .flatMap(PromptLabel::of)
                .ifPresent(prompt -> trace.prompt(prompt.name(), prompt.number()));
        tags(record, trace);
        return trace.build();
    }

    private Span root(CallRecord record, @Nullable CallText text) {
        long start = startNanos(record);
        Span.Builder root = Span.builder("model call", SpanType.CHAIN).timeNanos(start, start + record.durationNanos());
        root.attribute("melancia.call_id", record.id().toString())
                .attribute("melancia.outcome", record.outcome().name())
                .attribute("melancia.streaming", record.isStreaming())
                .attribute("melancia.cache_hit", record.isCacheHit())
                .attribute("melancia.fell_back", record.fellBack())
                .attribute("melancia.attempts", record.attempts().size())
                .attribute("melancia.urgency", record.urgency().name());
        record.answeredBy().ifPresent(model -> root.attribute("melancia.answered_by", model.toString()));
        record.assigned().ifPresent(model -> root.attribute("melancia.assigned", model.toString()));
        record.decision().ifPresent(decision -> DecisionAttributes.put(root, decision));
        record.timeToFirstTokenNanos().ifPresent(nanos -> {
            root.event("first token", start + nanos);
            root.attribute("melancia.time_to_first_token_ms", nanos / NANOS_PER_MILLI);
        });
        costs(record, root);
        if (isFailure(record.outcome())) {
            root.error(failure(record));
        }
        if (text != null) {
            texts(root, text);
        }
        return root.build();
    }

    private static void costs(CallRecord record, Span.Builder root) {
        root.attribute("melancia.cost_kind", record.cost().kind().name());
        if (record.attempts().isEmpty()) {
            record.cost().usd().ifPresent(root::costUsd);
        } else {
            record.cost().usd().ifPresent(usd -> root.attribute("melancia.cost_usd", usd.toPlainString()));
        }
        if (record.isCacheHit()) {
            record.savedCost().usd().ifPresent(usd -> root.attribute("melancia.saved_cost_usd", usd.toPlainString()));
        }
    }

    /** The class of the failure; an error's message may repeat a prompt or a key. */
    private static String failure(CallRecord record) {
        List<Attempt> attempts = record.attempts();
        Optional<String> type = attempts.isEmpty()
                ? Optional.empty()
                : attempts.get(attempts.size() - 1).errorType();
        return record.outcome() + type.map(name -> " (" + name + ")").orElse("");
    }

    private void texts(Span.Builder root, CallText text) {
        List<ChatMessage> messages = text.request().messages();
        root.inputs(ChatJson.plain(messages.get(messages.size() - 1), textCharacters));
        AiMessage answer = text.response() == null ? null : text.response().aiMessage();
        if (answer != null) {
            root.outputs(ChatJson.plain(answer, textCharacters));
        }
    }

    private Span attempt(CallRecord record, Attempt attempt, Span root, @Nullable CallText text, int number) {
        ModelId model = attempt.model();
        long start = startNanos(record) + attempt.startOffsetNanos();
        Span.Builder span = Span.builder(LongText.name(model.toString()), SpanType.CHAT_MODEL)
                .parent(root)
                .timeNanos(start, start + attempt.durationNanos())
                .model(LongText.name(model.provider()), LongText.name(model.model()))
                .attribute("melancia.attempt", number)
                .attribute("melancia.outcome", attempt.outcome().name())
                .attribute("melancia.hedge", attempt.isHedge())
                .attribute("melancia.cost_kind", attempt.cost().kind().name());
        AttemptCost.put(span, record, attempt);
        attempt.inputTokens().ifPresent(span::inputTokens);
        attempt.outputTokens().ifPresent(span::outputTokens);
        attempt.tokens().cachedInput().ifPresent(span::cachedInputTokens);
        attempt.tokens().reasoning().ifPresent(count -> span.attribute("melancia.reasoning_tokens", count));
        attempt.timeToFirstTokenNanos().ifPresent(nanos -> span.event("first token", start + nanos));
        attempt.errorType().ifPresent(error -> span.attribute("melancia.error_type", error));
        if (isFailure(attempt.outcome())) {
            span.error(attempt.outcome()
                    + attempt.errorType().map(name -> " (" + name + ")").orElse(""));
        }
        if (text != null && isShown(record, attempt)) {
            messages(span, text);
        }
        return span.build();
    }

    /** All attempts were asked the same, so one shows it: the one that answered, else the last. */
    private static boolean isShown(CallRecord record, Attempt attempt) {
        List<Attempt> attempts = record.attempts();
        return record.answeringAttempt().orElse(attempts.get(attempts.size() - 1)) == attempt;
    }

    private void messages(Span.Builder span, CallText text) {
        span.attribute("mlflow.message.format", "openai");
        span.inputs(ChatJson.question(text.request().messages(), textCharacters));
        AiMessage answer = text.response() == null ? null : text.response().aiMessage();
        if (answer != null) {
            span.outputs(ChatJson.answer(answer, textCharacters));
        }
    }

    private static void tags(CallRecord record, Trace.Builder trace) {
        record.tags().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .limit(MAX_TAGS)
                .forEach(tag -> trace.tag(tagName(tag.getKey()), LongText.cut(tag.getValue(), MAX_REASON)));
        trace.tag("melancia.outcome", record.outcome().name());
        trace.tag("melancia.cache_hit", Boolean.toString(record.isCacheHit()));
        record.tenant().ifPresent(tenant -> trace.tag("melancia.tenant", tenant));
        record.userTier().ifPresent(tier -> trace.tag("melancia.tier", tier));
        record.promptVersion().ifPresent(version -> trace.tag("melancia.prompt_version", version));
        record.answeredBy().ifPresent(model -> trace.tag("melancia.answered_by", model.toString()));
        record.decision().ifPresent(decision -> {
            decision.splitId().ifPresent(split -> trace.tag("melancia.split", split));
            decision.arm().ifPresent(arm -> trace.tag("melancia.arm", arm));
        });
    }

    /** MLflow's own tags, and ours, are not the caller's to set. */
    private static String tagName(String name) {
        String fine = LongText.tagName(name);
        return fine.startsWith("mlflow.") || fine.startsWith("melancia.") ? fine.replace('.', '_') : fine;
    }

    private static long startNanos(CallRecord record) {
        return Math.max(0, record.startEpochMicros()) * NANOS_PER_MICRO;
    }
}

package dev.melancia.router;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.melancia.cache.CacheKey;
import dev.melancia.cache.CachedAnswer;
import dev.melancia.cache.ResponseCache;
import dev.melancia.call.CacheMode;
import dev.melancia.call.CallContext;
import dev.melancia.flags.FeatureFlags;
import dev.melancia.flags.FlagContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The router's side of a response cache: says what may be kept, asks the flag, and keeps a broken cache away from calls.
 * Thread-safe.
 */
final class AnswerCache {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerCache.class);

    final Flights flights = new Flights();
    private final ResponseCache cache;
    private final FeatureFlags flags;
    private final AtomicBoolean complained = new AtomicBoolean();

    AnswerCache(ResponseCache cache, FeatureFlags flags) {
        this.cache = cache;
        this.flags = flags;
    }

    /** What the cache means to this call; null when it means nothing. The call will keep its answer through it. */
    @Nullable
    CacheVisit visit(PreparedCall call) {
        CallContext context = call.ledger.context;
        if (context.cacheMode() == CacheMode.BYPASS || !mayBeAskedAgain(call.request) || !isOn(context)) {
            return null;
        }
        CacheVisit visit =
                new CacheVisit(this, context, CacheKey.of(context, call.model(0).id(), call.request));
        call.visit = visit;
        return visit;
    }

    /** Tools act on the world: neither a request that offers them nor a turn that brings their result is repeatable. */
    private static boolean mayBeAskedAgain(ChatRequest request) {
        List<ChatMessage> messages = request.messages();
        List<?> tools = request.toolSpecifications();
        return (tools == null || tools.isEmpty())
                && !messages.isEmpty()
                && !(messages.get(messages.size() - 1) instanceof ToolExecutionResultMessage);
    }

    /** Whether an answer is complete, and all of it is text that can be given again. */
    static boolean mayBeKept(ChatResponse response) {
        AiMessage message = response.aiMessage();
        return response.finishReason() == FinishReason.STOP
                && message != null
                && !message.hasToolExecutionRequests()
                && message.text() != null
                && !message.text().isBlank();
    }

    boolean isOn(CallContext context) {
        FlagContext user = context.userId().map(FlagContext::of).orElse(FlagContext.empty());
        return flags.evaluateBoolean(FeatureFlags.ENABLE_CACHING, true, user).value();
    }

    Optional<CachedAnswer> find(CacheKey key) {
        try {
            return requireNonNull(cache.get(key), "a ResponseCache must not give null");
        } catch (RuntimeException | LinkageError e) {
            complain(e);
            return Optional.empty();
        }
    }

    void keep(CacheKey key, CachedAnswer answer) {
        try {
            cache.put(key, answer);
        } catch (RuntimeException | LinkageError e) {
            complain(e);
        }
    }

    private void complain(Throwable error) {
        if (complained.compareAndSet(false, true)) {
            LOG.atWarn()
                    .addKeyValue("cache", cache.getClass().getName())
                    .addKeyValue("error", error.getClass().getName())
                    .log("A response cache throws; calls go on without it, and this is said once");
        }
    }
}

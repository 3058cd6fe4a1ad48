package dev.melancia.router;

import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.MelanciaException;
import dev.melancia.cost.Cost;
import dev.melancia.cost.PriceSchedule;
import dev.melancia.cost.TokenCounts;
import dev.melancia.cost.TokenPrice;
import dev.melancia.provider.ModelCapability;
import dev.melancia.provider.ModelId;
import dev.melancia.routing.Candidate;
import dev.melancia.routing.TokenEstimate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A candidate with the delegates that answer for it, the permits they share, and those who watch it. Thread-safe. */
final class RoutedModel {

    private static final Logger LOG = LoggerFactory.getLogger(RoutedModel.class);

    final Candidate candidate;
    final LongSupplier ticker;
    final ChatModel chatModel;
    private final @Nullable StreamingChatModel streamingChatModel;
    final Bulkhead bulkhead;
    final Breaker breaker;
    final @Nullable RateLimiter rate;
    final ModelLoadMeter load;
    final Quiet quiet = new Quiet();
    final long attemptLimitNanos;
    final long firstTokenLimitNanos;
    final long idleLimitNanos;
    private final PriceSchedule prices;
    private final Function<ChatResponse, TokenCounts> tokenReader;
    private final ChatRequestParameters ownName;
    private final AtomicBoolean interruptSafe;

    RoutedModel(Registration registered, ModelRouterBuilder builder, long nowNanos) {
        this.candidate = builder.limits.isNone() ? withoutQueue(registered.candidate()) : registered.candidate();
        this.ticker = builder.ticker;
        this.chatModel = registered.chatModel();
        this.streamingChatModel = registered.streaming();
        this.tokenReader = registered.tokenReader();
        this.breaker = new Breaker(builder.breaker, nowNanos);
        this.rate = candidate
                .rateLimit()
                .map(limit -> new RateLimiter(limit, nowNanos))
                .orElse(null);
        this.load = new ModelLoadMeter(!builder.hedging.isNone(), nowNanos);
        CallLimits limits = builder.limits;
        this.bulkhead = new Bulkhead(candidate.maxConcurrentCalls(), candidate.maxQueuedCalls());
        this.attemptLimitNanos = CallLimits.nanos(candidate.attemptLimit().orElse(limits.attempt()));
        this.firstTokenLimitNanos = CallLimits.nanos(
                candidate.firstTokenLimit().or(candidate::attemptLimit).orElse(limits.firstToken()));
        this.idleLimitNanos = CallLimits.nanos(candidate.idleLimit().orElse(limits.idle()));
        this.prices =
                candidate.price().map(PriceSchedule::always).orElseGet(() -> builder.prices.schedule(candidate.id()));
        this.interruptSafe = new AtomicBoolean(candidate.isInterruptSafe());
        this.ownName = DefaultChatRequestParameters.builder()
                .modelName(candidate.id().model())
                .build();
    }

    /** Without limits nothing would end the wait. */
    private static Candidate withoutQueue(Candidate candidate) {
        return candidate.maxQueuedCalls() == 0
                ? candidate
                : candidate.toBuilder().maxQueuedCalls(0).build();
    }

    ModelId id() {
        return candidate.id();
    }

    /** The delegate that streams; a decision for a stream holds no candidate without one. */
    StreamingChatModel streaming() {
        if (streamingChatModel == null) {
            throw new MelanciaException(id() + " has no streaming model; register one with the router");
        }
        return streamingChatModel;
    }

    /** The request as this model must see it: a model name in it would override the delegate's own. */
    ChatRequest own(ChatRequest request) {
        return request.modelName() == null
                ? request
                : request.toBuilder()
                        .parameters(request.parameters().overrideWith(ownName))
                        .build();
    }

    /** What every model can do: langchain4j reads it once a call, before a model is chosen. */
    static Set<Capability> shared(List<RoutedModel> models) {
        boolean all = models.stream().allMatch(RoutedModel::takesJsonSchema);
        return all ? Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA) : Set.of();
    }

    private boolean takesJsonSchema() {
        return candidate.capabilities().contains(ModelCapability.JSON_SCHEMA)
                && chatModel.supportedCapabilities().contains(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
    }

    /** Whether its {@code chat} may run on the caller's own thread. */
    boolean isInterruptSafe() {
        return interruptSafe.getPlain();
    }

    /** It ignored an interrupt: from now on it runs on worker threads. */
    void runOnWorkers(Duration late) {
        if (interruptSafe.getAndSet(false)) {
            LOG.atWarn()
                    .addKeyValue("model", id())
                    .addKeyValue("late", late)
                    .log(
                            "A model declared interrupt-safe went on after an interrupt; it runs on worker threads from now on");
        }
    }

    TokenCounts tokens(ChatResponse response) {
        return tokenReader.apply(response);
    }

    /** Cost of an attempt, at the prices of that time. */
    Cost cost(TokenCounts tokens, long epochMillis) {
        return prices.at(epochMillis).map(price -> price.costOf(tokens)).orElse(Cost.unknown());
    }

    boolean isFree(PreparedCall call) {
        TokenPrice price = prices.at(call.ledger.startMillis).orElse(null);
        return price != null && price.isFree();
    }

    /** What a call is expected to cost; unknown when nobody can tell. */
    Cost expectedCost(PreparedCall call) {
        TokenPrice price = prices.at(call.ledger.startMillis).orElse(null);
        if (price == null) {
            return Cost.unknown();
        }
        try {
            return price.costOf(TokenEstimate.promptTokens(call.request), TokenEstimate.answerTokens(call.request));
        } catch (ArithmeticException tooLarge) {
            return Cost.estimatedPicoUsd(Long.MAX_VALUE);
        }
    }

    /** The candidate as a policy sees it at that time. */
    Candidate pricedAt(long epochMillis) {
        return candidate.price().isPresent()
                ? candidate
                : prices.at(epochMillis).map(candidate::withPrice).orElse(candidate);
    }

    /** When its price changes next; {@link Long#MAX_VALUE} when it never does. */
    long nextPriceMillis(long epochMillis) {
        return prices.nextChange(epochMillis).orElse(Long.MAX_VALUE);
    }

    /** Whether anybody can say what its calls cost at that time. */
    boolean isPriced(long epochMillis) {
        return prices.at(epochMillis).isPresent();
    }
}

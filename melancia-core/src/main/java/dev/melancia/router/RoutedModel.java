package dev.melancia.router;

import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.melancia.MelanciaException;
import dev.melancia.cost.Cost;
import dev.melancia.cost.TokenPrice;
import dev.melancia.provider.ModelCapability;
import dev.melancia.provider.ModelId;
import dev.melancia.routing.Candidate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A candidate with the delegates that answer for it, the permits they share, and the breaker that watches it. Thread-safe. */
final class RoutedModel {

    final Candidate candidate;
    final ChatModel chatModel;
    private final @Nullable StreamingChatModel streamingChatModel;
    final Bulkhead bulkhead;
    final Breaker breaker;
    final long attemptLimitNanos;
    final long firstTokenLimitNanos;
    final long idleLimitNanos;
    private final @Nullable TokenPrice price;
    private final ChatRequestParameters ownName;

    RoutedModel(Registration registered, CallLimits limits, Breaker breaker) {
        this.candidate = registered.candidate();
        this.chatModel = registered.chatModel();
        this.streamingChatModel = registered.streaming();
        this.breaker = breaker;
        this.bulkhead = new Bulkhead(candidate.maxConcurrentCalls());
        Duration attempt = candidate.attemptLimit().orElse(limits.attempt());
        this.attemptLimitNanos = CallLimits.nanos(attempt);
        this.firstTokenLimitNanos = CallLimits.nanos(
                candidate.firstTokenLimit().or(candidate::attemptLimit).orElse(limits.firstToken()));
        this.idleLimitNanos = CallLimits.nanos(candidate.idleLimit().orElse(limits.idle()));
        this.price = candidate.price().orElse(null);
        this.ownName = DefaultChatRequestParameters.builder()
                .modelName(candidate.id().model())
                .build();
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

    /** Cost of an attempt whose tokens were counted. */
    Cost cost(int inputTokens, int outputTokens) {
        return price == null ? Cost.unknown() : price.costOf(inputTokens, outputTokens);
    }

    /** Cost of an attempt whose tokens were not counted: nothing on a free model, else unknown. */
    Cost uncountedCost() {
        return price != null && price.isFree() ? Cost.zero() : Cost.unknown();
    }
}

package dev.melancia.router;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.cost.TokenCounts;
import dev.melancia.provider.ChatModelProviders;
import dev.melancia.provider.ModelCapability;
import dev.melancia.provider.ModelSettings;
import dev.melancia.routing.Candidate;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A model as it was added to a router, before the router's limits are known. */
record Registration(
        Candidate candidate,
        ChatModel chatModel,
        @Nullable StreamingChatModel streaming,
        Function<ChatResponse, TokenCounts> tokenReader) {

    private static final Set<ModelCapability> WITHOUT_STREAMING =
            EnumSet.complementOf(EnumSet.of(ModelCapability.STREAMING));

    /** A model that the host built itself. */
    static Registration byHand(Candidate candidate, ChatModel chatModel, @Nullable StreamingChatModel streaming) {
        Candidate able = streaming == null ? candidate.restrictedTo(WITHOUT_STREAMING) : candidate;
        return new Registration(able, chatModel, streaming, Registration::tokenUsage);
    }

    private static TokenCounts tokenUsage(ChatResponse response) {
        return TokenCounts.reported(response.tokenUsage());
    }

    /** A model that its provider builds; a context window that one of candidate and settings says goes for both. */
    static Registration of(Candidate candidate, ModelSettings settings, ChatModelProviders providers) {
        OptionalInt window = candidate.contextWindow();
        ModelSettings told = window.isPresent() && settings.contextWindow().isEmpty()
                ? settings.withContextWindow(window.getAsInt())
                : settings;
        Candidate able = able(candidate, told, providers);
        boolean streams = able.capabilities().contains(ModelCapability.STREAMING);
        ChatModel chatModel = providers.chatModel(told);
        StreamingChatModel streaming = streams ? providers.streamingChatModel(told) : null;
        return new Registration(able, chatModel, streaming, providers.tokenReader(told));
    }

    private static Candidate able(Candidate candidate, ModelSettings settings, ChatModelProviders providers) {
        Candidate.Builder able = candidate.restrictedTo(providers.capabilities(settings)).toBuilder();
        if (candidate.contextWindow().isEmpty()) {
            settings.contextWindow().ifPresent(able::contextWindow);
        }
        if (providers.provider(settings.model().provider()).isInterruptSafe()) {
            able.interruptSafe();
        }
        return able.build();
    }

    /** With its blocking model watched by the cache, if there is one. */
    Registration watchedBy(@Nullable AnswerCache cache) {
        return cache == null
                ? this
                : new Registration(candidate, cache.flights.watched(chatModel), streaming, tokenReader);
    }
}

package dev.melancia.router;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.melancia.routing.Candidate;
import org.jspecify.annotations.Nullable;

/** A model as it was added to a router, before the router's limits are known. */
record Registration(
        Candidate candidate, ChatModel chatModel, @Nullable StreamingChatModel streaming, TokenReader tokenReader) {

    /** With its blocking model watched by the cache, if there is one. */
    Registration watchedBy(@Nullable AnswerCache cache) {
        return cache == null
                ? this
                : new Registration(candidate, cache.flights.watched(chatModel), streaming, tokenReader);
    }
}

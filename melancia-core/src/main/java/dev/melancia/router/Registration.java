package dev.melancia.router;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.melancia.routing.Candidate;
import org.jspecify.annotations.Nullable;

/** A model as it was added to a router, before the router's limits are known. */
record Registration(
        Candidate candidate, ChatModel chatModel, @Nullable StreamingChatModel streaming) {

    RoutedModel build(CallLimits limits, @Nullable AnswerCache cache) {
        ChatModel blocking = cache == null ? chatModel : cache.flights.watched(chatModel);
        return new RoutedModel(candidate, blocking, streaming, limits);
    }
}

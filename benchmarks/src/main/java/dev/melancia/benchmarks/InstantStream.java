package dev.melancia.benchmarks;

import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.function.Predicate;

/** Streams an answer of two pieces at once; fails before the first one whenever it is told to. */
final class InstantStream implements StreamingChatModel {

    private final InstantModel instant = new InstantModel();
    private final Predicate<ChatRequest> fails;

    InstantStream(Predicate<ChatRequest> fails) {
        this.fails = fails;
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        if (fails.test(request)) {
            handler.onError(new InternalServerException("the server is on fire"));
            return;
        }
        handler.onPartialResponse("Publicidade ");
        handler.onPartialResponse("nas lojas.");
        handler.onCompleteResponse(instant.doChat(request));
    }
}

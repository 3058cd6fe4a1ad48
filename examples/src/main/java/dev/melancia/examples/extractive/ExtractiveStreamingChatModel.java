package dev.melancia.examples.extractive;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.List;

/**
 * The streaming view: a token at a time, all on the caller's thread, so that there is no thread to own. It has ended
 * when {@code chat} returns. Thread-safe.
 */
final class ExtractiveStreamingChatModel implements StreamingChatModel {

    private final Responder responder;

    ExtractiveStreamingChatModel(Responder responder) {
        this.responder = responder;
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        ChatResponse response;
        try {
            response = responder.respond(request);
        } catch (RuntimeException e) {
            handler.onError(e);
            return;
        }
        new AnswerStream(handler).send(response);
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return responder.defaults();
    }

    @Override
    public List<ChatModelListener> listeners() {
        return responder.listeners();
    }
}

package dev.melancia.examples.extractive;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;

/** The blocking view. Thread-safe. */
final class ExtractiveChatModel implements ChatModel {

    private final Responder responder;

    ExtractiveChatModel(Responder responder) {
        this.responder = responder;
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return responder.respond(request);
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

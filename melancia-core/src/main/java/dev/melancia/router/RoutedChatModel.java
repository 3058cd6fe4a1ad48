package dev.melancia.router;

import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.call.CallContext;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The router as langchain4j sees it, for answers in one piece. Thread-safe. */
final class RoutedChatModel implements ChatModel {

    private final ModelRouter router;
    private final Supplier<CallContext> context;

    RoutedChatModel(ModelRouter router, Supplier<CallContext> context) {
        this.router = router;
        this.context = context;
    }

    @Override
    public ChatResponse chat(ChatRequest request, ChatRequestOptions options) {
        return router.call(request, options, context);
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return router.capabilities();
    }

    @Override
    public List<ChatModelListener> listeners() {
        return router.modelListeners();
    }
}

package dev.melancia.router;

import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.melancia.call.CallContext;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The router as langchain4j sees it, for answers piece by piece. Thread-safe. */
final class RoutedStreamingChatModel implements StreamingChatModel {

    private final ModelRouter router;
    private final Supplier<CallContext> context;

    RoutedStreamingChatModel(ModelRouter router, Supplier<CallContext> context) {
        this.router = router;
        this.context = context;
    }

    @Override
    public void chat(ChatRequest request, ChatRequestOptions options, StreamingChatResponseHandler handler) {
        router.stream(request, options, context, handler);
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

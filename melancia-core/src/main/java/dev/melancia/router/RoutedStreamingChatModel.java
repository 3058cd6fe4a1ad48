package dev.melancia.router;

import static java.util.Objects.requireNonNull;

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

    private final Engine engine;
    private final Intake intake;
    private final Supplier<CallContext> context;

    RoutedStreamingChatModel(Engine engine, Intake intake, Supplier<CallContext> context) {
        this.engine = engine;
        this.intake = intake;
        this.context = context;
    }

    @Override
    public void chat(ChatRequest request, ChatRequestOptions options, StreamingChatResponseHandler handler) {
        requireNonNull(handler, "handler");
        PreparedCall call;
        try {
            call = intake.prepare(new PreparedCall.Asked(request, options, true), context);
        } catch (RuntimeException
                | Error e) { // an Error too, say of a pattern on a long prompt: the handler waits for an end
            HostEnd.tell(() -> handler.onError(e));
            return;
        }
        AnswerCache cache = intake.cache;
        if (cache == null || !CacheReplay.answers(cache, call, handler)) {
            new StreamingCall(engine, call, handler).start();
        }
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return intake.capabilities;
    }

    @Override
    public List<ChatModelListener> listeners() {
        return intake.modelListeners.list();
    }
}

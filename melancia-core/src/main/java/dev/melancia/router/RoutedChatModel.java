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

    private final Engine engine;
    private final Intake intake;
    private final Supplier<CallContext> context;

    RoutedChatModel(Engine engine, Intake intake, Supplier<CallContext> context) {
        this.engine = engine;
        this.intake = intake;
        this.context = context;
    }

    @Override
    public ChatResponse chat(ChatRequest request, ChatRequestOptions options) {
        PreparedCall call = intake.prepare(new PreparedCall.Asked(request, options, false), context);
        AnswerCache cache = intake.cache;
        return cache == null
                ? new BlockingShell(engine, call, call.ledger.startNanos).run()
                : new CachedCall(engine, cache, call).run();
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

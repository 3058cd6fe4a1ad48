package dev.melancia.router;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The router's own langchain4j listeners, told once a call; delegates tell theirs. Thread-safe. */
final class ModelListeners {

    private static final Logger LOG = LoggerFactory.getLogger(ModelListeners.class);

    private final List<ChatModelListener> listeners;
    private final Set<Class<?>> complainedOf = ConcurrentHashMap.newKeySet();

    ModelListeners(List<ChatModelListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    List<ChatModelListener> list() {
        return listeners;
    }

    boolean isEmpty() {
        return listeners.isEmpty();
    }

    /** Tells of the request; the observation tells of its end. */
    Observation onRequest(ChatRequest request, ChatRequestOptions options) {
        Map<Object, Object> attributes = new ConcurrentHashMap<>(options.listenerAttributes());
        ChatModelRequestContext context = new ChatModelRequestContext(request, ModelProvider.OTHER, attributes);
        each(listener -> listener.onRequest(context));
        return new Observation(request, attributes);
    }

    private void each(Consumer<ChatModelListener> signal) {
        for (ChatModelListener listener : listeners) {
            try {
                signal.accept(listener);
            } catch (Exception | LinkageError | AssertionError e) { // checked ones too, from Kotlin or a proxy: a
                // listener's mistake, a failed assertion included, is not the call's
                complain(listener, e);
            }
        }
    }

    private void complain(ChatModelListener listener, Throwable error) {
        if (complainedOf.add(listener.getClass())) {
            LOG.atWarn()
                    .addKeyValue("listener", listener.getClass().getName())
                    .addKeyValue("error", error.getClass().getName())
                    .log("A chat model listener throws; the call goes on, and this is said once");
        }
    }

    /** One call, between its request and its end. */
    final class Observation {

        private final ChatRequest request;
        private final Map<Object, Object> attributes;

        private Observation(ChatRequest request, Map<Object, Object> attributes) {
            this.request = request;
            this.attributes = attributes;
        }

        void onResponse(ChatResponse response) {
            ChatModelResponseContext context =
                    new ChatModelResponseContext(response, request, ModelProvider.OTHER, attributes);
            each(listener -> listener.onResponse(context));
        }

        void onError(Throwable error) {
            ChatModelErrorContext context = new ChatModelErrorContext(error, request, ModelProvider.OTHER, attributes);
            each(listener -> listener.onError(context));
        }
    }
}

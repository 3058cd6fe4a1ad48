package dev.melancia.router;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.call.CallRecord;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The router's own langchain4j listeners, told once a call; delegates tell theirs. Thread-safe. */
final class ModelListeners {

    private final Listeners<ChatModelListener> listeners;

    ModelListeners(List<ChatModelListener> listeners) {
        this.listeners = new Listeners<>("A chat model listener", listeners);
    }

    List<ChatModelListener> list() {
        return listeners.list();
    }

    boolean isEmpty() {
        return listeners.list().isEmpty();
    }

    /** Tells of the request; the observation tells of its end. */
    Observation onRequest(ChatRequest request, ChatRequestOptions options) {
        Map<Object, Object> attributes = new ConcurrentHashMap<>(options.listenerAttributes());
        ChatModelRequestContext context = new ChatModelRequestContext(request, ModelProvider.OTHER, attributes);
        listeners.each(listener -> listener.onRequest(context));
        return new Observation(request, attributes);
    }

    /** One call, between its request and its end. */
    final class Observation {

        private final ChatRequest request;
        private final Map<Object, Object> attributes;

        private Observation(ChatRequest request, Map<Object, Object> attributes) {
            this.request = request;
            this.attributes = attributes;
        }

        void onResponse(ChatResponse response, @Nullable CallRecord record) {
            keep(record);
            ChatModelResponseContext context =
                    new ChatModelResponseContext(response, request, ModelProvider.OTHER, attributes);
            listeners.each(listener -> listener.onResponse(context));
        }

        void onError(Throwable error, @Nullable CallRecord record) {
            keep(record);
            ChatModelErrorContext context = new ChatModelErrorContext(error, request, ModelProvider.OTHER, attributes);
            listeners.each(listener -> listener.onError(context));
        }

        private void keep(@Nullable CallRecord record) {
            if (record != null) {
                attributes.put(CallRecord.class, record);
            }
        }
    }
}

package dev.melancia.router;

import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.cache.CacheKey;
import dev.melancia.cache.CachedAnswer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls under way whose answers others wait for, one a key. Thread-safe; no lock of the map is held while a model runs, so
 * keys never wait for each other.
 *
 * <p>Who is waited for never waits. A thread that leads a flight, or on which a model runs (a flight's leader waits for
 * that one), may call the router again: from a model that is a chain of calls itself, or from a listener. Were such a call
 * to follow a flight, it could wait for itself, or two could wait for each other; so it goes on its own. A model that
 * hands such calls to threads of its own is not recognised: there the call's limit ends the wait.
 */
final class Flights {

    private final ConcurrentHashMap<CacheKey, Flight> underWay = new ConcurrentHashMap<>();
    private final Set<Thread> awaited = ConcurrentHashMap.newKeySet();

    /** Whether somebody may be waiting for the current thread. */
    boolean isAwaited() {
        return awaited.contains(Thread.currentThread());
    }

    /** The flight to wait for; null when there is none and the given one is under way from now on. */
    @Nullable
    Flight joinOrStart(CacheKey key, Flight own) {
        return underWay.putIfAbsent(key, own);
    }

    /** How many are under way. */
    int size() {
        return underWay.size();
    }

    /** The flight is over; it comes back empty when there is nothing that others could take. */
    void land(CacheKey key, Flight flight, Optional<CachedAnswer> answer) {
        underWay.remove(key, flight);
        flight.complete(answer);
    }

    /** Runs what others wait for. */
    <T> T awaited(Supplier<T> task) {
        Thread thread = Thread.currentThread();
        boolean outermost = awaited.add(thread);
        try {
            return task.get();
        } finally {
            if (outermost) {
                awaited.remove(thread);
            }
        }
    }

    /** The model, with its threads known to be waited for. */
    ChatModel watched(ChatModel model) {
        return new Watched(model);
    }

    /** An answer to come. */
    static final class Flight extends CompletableFuture<Optional<CachedAnswer>> {}

    private final class Watched implements ChatModel {

        private final ChatModel model;

        Watched(ChatModel model) {
            this.model = model;
        }

        @Override
        public ChatResponse chat(ChatRequest request, ChatRequestOptions options) {
            return awaited(() -> model.chat(request, options));
        }

        @Override
        public Set<Capability> supportedCapabilities() {
            return model.supportedCapabilities();
        }
    }
}

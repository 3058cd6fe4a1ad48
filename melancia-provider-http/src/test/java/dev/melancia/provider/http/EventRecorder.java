package dev.melancia.provider.http;

import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Remembers events and how the stream ended; cannot read the event {@code bad}. */
final class EventRecorder implements ServerSentEventListener {

    private final List<String> data = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private final AtomicInteger signals = new AtomicInteger();
    private volatile @Nullable Throwable error;

    @Override
    public void onEvent(ServerSentEvent event) {
        if (event.data().equals("bad")) {
            throw new IllegalArgumentException("cannot read bad");
        }
        data.add(event.data());
    }

    @Override
    public void onError(Throwable failure) {
        error = failure;
        signals.incrementAndGet();
        end.complete(failure.toString());
    }

    @Override
    public void onClose() {
        signals.incrementAndGet();
        end.complete("closed");
    }

    List<String> data() {
        return data;
    }

    AtomicInteger signals() {
        return signals;
    }

    @Nullable
    Throwable error() {
        return error;
    }

    String ended(Duration limit) {
        return end.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).join();
    }
}

package dev.melancia.testkit;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A handler that remembers what a stream gave, every terminal signal included, and lets a test wait for it. One recorder
 * a call. Thread-safe.
 *
 * @since 0.1.0
 */
public final class StreamRecorder implements StreamingChatResponseHandler {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<String> pieces = new ArrayList<>();
    private final List<Object> terminals = new ArrayList<>();
    private final List<PartialResponseContext> contexts = new ArrayList<>();

    // A model calls this form or the next one, never both.
    @Override
    public void onPartialResponse(String piece) {
        record(() -> pieces.add(piece));
    }

    @Override
    public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
        record(() -> {
            pieces.add(piece.text());
            contexts.add(context);
        });
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        record(() -> terminals.add(response));
    }

    @Override
    public void onError(Throwable error) {
        record(() -> terminals.add(error));
    }

    /** The pieces so far, in the order in which they came. */
    public List<String> pieces() {
        return read(() -> List.copyOf(pieces));
    }

    /** All terminal signals so far, a {@link ChatResponse} or a {@link Throwable} each; a good stream gives one. */
    public List<Object> terminals() {
        return read(() -> List.copyOf(terminals));
    }

    /** The response, when the first terminal signal was one. */
    public Optional<ChatResponse> response() {
        return first(ChatResponse.class);
    }

    /** The error, when the first terminal signal was one. */
    public Optional<Throwable> error() {
        return first(Throwable.class);
    }

    /** Cancels through the latest piece's handle, as an application does; does nothing before the first piece. */
    public void cancel() {
        List<PartialResponseContext> seen = read(() -> List.copyOf(contexts));
        if (!seen.isEmpty()) {
            seen.get(seen.size() - 1).streamingHandle().cancel();
        }
    }

    /**
     * Waits for that many pieces.
     *
     * @return false when they did not come within the limit
     */
    public boolean awaitPieces(int count, Duration limit) throws InterruptedException {
        return await(() -> pieces.size() >= count, limit);
    }

    /**
     * Waits for that many terminal signals; ask for two, with a short limit, to see that there is only one.
     *
     * @return false when they did not come within the limit
     */
    public boolean awaitTerminals(int count, Duration limit) throws InterruptedException {
        return await(() -> terminals.size() >= count, limit);
    }

    private <T> Optional<T> first(Class<T> type) {
        return read(() -> terminals.stream().findFirst())
                .filter(type::isInstance)
                .map(type::cast);
    }

    private boolean await(BooleanSupplier condition, Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (!condition.getAsBoolean() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return condition.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }

    private void record(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private <T> T read(Supplier<T> value) {
        lock.lock();
        try {
            return value.get();
        } finally {
            lock.unlock();
        }
    }
}

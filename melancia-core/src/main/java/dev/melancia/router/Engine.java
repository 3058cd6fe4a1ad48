package dev.melancia.router;

import dev.melancia.call.CallListener;
import dev.melancia.call.CallRecord;
import dev.melancia.call.UserKeys;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What every call of one router shares: clocks, randomness, threads, listeners. Thread-safe. */
final class Engine implements AutoCloseable {

    final InstantSource clock;
    final LongSupplier ticker;
    final LongSupplier random;
    final UserKeys userKeys;
    final Workers workers;
    final Timers timers = new Timers();
    final long callLimitNanos;
    final @Nullable AnswerCache cache;
    private final Listeners<CallListener> listeners;
    private volatile boolean closed;

    Engine(ModelRouter.Builder builder) {
        this.clock = builder.clock;
        this.ticker = builder.ticker;
        this.random = builder.random;
        this.userKeys = builder.userKeys;
        this.workers = new Workers(builder.executor, builder.contextCarrier, builder.limits.isNone());
        this.callLimitNanos = CallLimits.nanos(builder.limits.call());
        this.cache = builder.cache == null ? null : new AnswerCache(builder.cache, builder.flags);
        this.listeners = new Listeners<>("A call listener", builder.listeners);
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the router is closed; build another one");
        }
    }

    void tell(CallRecord record) {
        listeners.each(listener -> listener.onCall(record));
    }

    @Override
    public void close() {
        closed = true;
        workers.close();
        timers.close();
    }
}

package dev.melancia.router;

import dev.melancia.call.CallListener;
import dev.melancia.call.CallRecord;
import dev.melancia.call.UserKeys;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every call of one router shares: clocks, randomness, threads, listeners. Thread-safe. */
final class Engine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    final InstantSource clock;
    final LongSupplier ticker;
    final LongSupplier random;
    final UserKeys userKeys;
    final Workers workers;
    final Timers timers = new Timers();
    final long callLimitNanos;
    final @Nullable AnswerCache cache;
    private final CallListener[] listeners;
    private volatile boolean closed;
    private final Set<Class<?>> complainedOf = ConcurrentHashMap.newKeySet();

    Engine(ModelRouter.Builder builder) {
        this.clock = builder.clock;
        this.ticker = builder.ticker;
        this.random = builder.random;
        this.userKeys = builder.userKeys;
        this.workers = new Workers(builder.executor, builder.contextCarrier, builder.limits.isNone());
        this.callLimitNanos = CallLimits.nanos(builder.limits.call());
        this.cache = builder.cache == null ? null : new AnswerCache(builder.cache, builder.flags);
        this.listeners = builder.listeners.toArray(CallListener[]::new);
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the router is closed; build another one");
        }
    }

    void tell(CallRecord record) {
        for (CallListener listener : listeners) {
            try {
                listener.onCall(record);
            } catch (Exception | LinkageError | AssertionError e) { // checked ones too, from Kotlin or a proxy: a
                // listener's mistake, a failed assertion included, is not the call's
                complain(listener, e);
            }
        }
    }

    private void complain(CallListener listener, Throwable error) {
        if (complainedOf.add(listener.getClass())) {
            LOG.atWarn()
                    .addKeyValue("listener", listener.getClass().getName())
                    .addKeyValue("error", error.getClass().getName())
                    .log("A call listener throws; the call goes on, and this is said once");
        }
    }

    @Override
    public void close() {
        closed = true;
        workers.close();
        timers.close();
    }
}

package dev.melancia.router;

import dev.melancia.call.CallContext;
import dev.melancia.call.CallListener;
import dev.melancia.call.CallRecord;
import dev.melancia.call.Outcome;
import dev.melancia.call.UserFeedback;
import dev.melancia.call.UserKeys;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What every call of one router shares: clocks, randomness, threads, listeners. Thread-safe. */
final class Engine implements AutoCloseable {

    /** Retries, and hedges, that may happen at any time beyond their share of the calls. */
    private static final int RESERVE = 10;

    final InstantSource clock;
    final LongSupplier ticker;
    final LongSupplier random;
    final UserKeys userKeys;
    final Workers workers;
    final Timers timers;
    final Parking parking;
    final Deadlines deadlines;
    final Gate gate;
    final RetrySettings retries;
    final ShareBudget retryBudget;
    final HedgeSettings hedging;
    final ShareBudget hedgeBudget;
    final long callLimitNanos;
    final @Nullable AnswerCache cache;
    private final Listeners<CallListener> listeners;
    private volatile boolean closed;

    Engine(ModelRouterBuilder builder) {
        this.clock = builder.clock;
        this.ticker = builder.ticker;
        this.random = builder.random;
        this.userKeys = builder.userKeys;
        this.workers = new Workers(builder);
        this.timers = builder.timers;
        this.parking = builder.parking;
        this.deadlines = new Deadlines(builder.ticker, builder.deadlineThreads);
        this.gate = new Gate(builder.budgets);
        this.retries = builder.retries;
        this.retryBudget = new ShareBudget(builder.retries.budget(), RESERVE);
        this.hedging = builder.hedging;
        this.hedgeBudget = new ShareBudget(builder.hedging.share(), RESERVE);
        this.callLimitNanos = CallLimits.nanos(builder.limits.call());
        this.cache = builder.cache == null ? null : new AnswerCache(builder.cache, builder.flags);
        this.listeners = new Listeners<>("A call listener", builder.listeners);
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the router is closed; build another one");
        }
    }

    /** A call begins that will ask a model. */
    void onCall() {
        retryBudget.onCall();
        if (mayHedge()) {
            hedgeBudget.onCall();
        }
    }

    /** Whether calls may ask two models at once: not on the caller's own thread. */
    boolean mayHedge() {
        return !hedging.isNone() && !workers.onCaller();
    }

    /** What the call machine must know of an attempt that did not answer; the model is left alone as long as it asked. */
    CallMachine.Ending ending(AttemptRun run, Outcome outcome, @Nullable Throwable error) {
        long retryAfter = error == null ? 0 : FailureClassifier.retryAfterNanos(error);
        if (retryAfter > 0) {
            run.model.quiet.askedFor(retryAfter, run.endNanos);
        }
        return new CallMachine.Ending(run.position, outcome, retryAfter, random.getAsLong());
    }

    /** Tells the router's listeners, then the call's own. */
    void tell(CallRecord record, CallContext context) {
        listeners.each(listener -> listener.onCall(record));
        CallListener own = context.listener().orElse(null);
        if (own != null) {
            listeners.tell(own, listener -> listener.onCall(record));
        }
    }

    void tell(UserFeedback feedback) {
        listeners.each(listener -> listener.onFeedback(feedback));
    }

    @Override
    public void close() {
        closed = true;
        workers.close();
        deadlines.close();
        timers.close();
    }
}

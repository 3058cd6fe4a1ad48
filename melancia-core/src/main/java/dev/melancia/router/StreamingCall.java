package dev.melancia.router;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.melancia.call.Outcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what the call machine says for a call that is answered piece by piece. One {@link StreamAttempt} is open at
 * a time and reports its end here exactly once, so the host gets exactly one terminal signal (none after it cancelled).
 *
 * <p>Not a lock in sight: the state is handed from thread to thread with the attempt that is open. Whoever closes an
 * attempt owns the state until it opens the next one.
 */
final class StreamingCall {

    private static final Logger LOG = LoggerFactory.getLogger(StreamingCall.class);

    final Engine engine;
    final StreamingChatResponseHandler host;
    private final PreparedCall call;
    private final CallLedger ledger;
    private final CallMachine machine;
    private volatile CallMachine.State state;
    private volatile @Nullable StreamAttempt open;
    private @Nullable Runnable attempt;

    StreamingCall(Engine engine, PreparedCall call, StreamingChatResponseHandler host) {
        this.engine = engine;
        this.host = host;
        this.call = call;
        this.ledger = call.ledger;
        this.machine = new CallMachine(call.size(), ledger.startNanos + engine.callLimitNanos);
        this.state = machine.start().state();
    }

    void start() {
        carryOut(machine.start());
    }

    private void carryOut(CallMachine.Step step) {
        state = step.state();
        if (step.delayNanos() > 0) {
            engine.timers.later(() -> engine.workers.executeSurely(this::dispatch), step.delayNanos());
        } else {
            dispatch();
        }
    }

    private void dispatch() {
        AttemptRun run = new AttemptRun(call.model(state.position()), engine.ticker.getAsLong());
        StreamAttempt next = new StreamAttempt(this, run);
        open = next;
        next.watch();
        try {
            engine.workers.execute(carriedAttempt());
        } catch (RuntimeException | Error e) {
            next.refused(Workers.outcome(e), e);
        }
    }

    /** Later attempts begin on threads of models and timers, so the caller's surroundings are taken along once. */
    private Runnable carriedAttempt() {
        Runnable carried = attempt;
        if (carried == null) {
            carried = engine.workers.carried(this::attempt);
            attempt = carried;
        }
        return carried;
    }

    /** Starts the attempt that is open: a task that comes late may find another one than it was handed over for. */
    private void attempt() {
        StreamAttempt next = open;
        if (next != null) {
            next.start(call.request, call.options);
        }
    }

    /** What is left of the call, in nanoseconds, at most the given limit. */
    long limitNanos(long limitNanos, long nowNanos) {
        return machine.limitNanos(limitNanos, nowNanos);
    }

    /** A piece is about to reach the host. */
    void piece() {
        state = machine.onPiece(state);
    }

    /** The open attempt ended. Called once an attempt, by whoever closed it. */
    void ended(AttemptRun run, Outcome outcome, @Nullable ChatResponse response, @Nullable Throwable error) {
        long now = engine.ticker.getAsLong();
        run.endNanos = now;
        ledger.ended(run, outcome, response, error);
        CallMachine.Step step = machine.onOutcome(state, outcome, now);
        if (step.action() == CallMachine.Action.CALL && !(error instanceof Error)) {
            carryOut(step);
            return;
        }
        if (outcome.isAnswer() && response != null) {
            try {
                ledger.close(outcome, now);
                call.answered(run.model, response);
            } finally { // whatever breaks on the way, the host waits for this
                tellHost(() -> host.onCompleteResponse(response));
            }
        } else {
            Throwable failure = ledger.failure();
            try {
                ledger.close(outcome, now);
                call.failed(failure);
            } finally {
                tellHost(() -> host.onError(failure));
            }
        }
    }

    /** The host cancelled: the call ends without a terminal signal, as langchain4j does it. */
    void cancelled(AttemptRun run) {
        long now = engine.ticker.getAsLong();
        run.endNanos = now;
        ledger.ended(run, Outcome.CANCELLED, null, null);
        ledger.close(Outcome.CANCELLED, now);
    }

    static void tellHost(Runnable terminal) {
        try {
            terminal.run();
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("error", e.getClass().getName())
                    .log("A streaming handler throws in its terminal method; the call has ended");
        }
    }
}

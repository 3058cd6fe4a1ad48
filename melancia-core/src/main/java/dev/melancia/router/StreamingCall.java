package dev.melancia.router;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.melancia.call.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what the call machine says for a call that is answered piece by piece. At most two {@link StreamAttempt}s are
 * open at a time; the first that has a piece for the host is the only one from then on. Each reports its end here exactly
 * once, so the host gets exactly one terminal signal (none after it cancelled). Thread-safe: the lock guards the state of
 * the call, and is never held while host, model or another attempt is called.
 */
final class StreamingCall {

    private static final Logger LOG = LoggerFactory.getLogger(StreamingCall.class);

    final Engine engine;
    final PreparedCall call;
    final StreamingChatResponseHandler host;
    private final CallLedger ledger;
    private final CallMachine machine;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<StreamAttempt> open = new ArrayList<>(1);
    private final Watchdog patience;
    private CallMachine.State state;
    private boolean over;
    private @Nullable Ended cut;
    final StreamStarts starts;
    private volatile @Nullable StreamAttempt heard;

    StreamingCall(Engine engine, PreparedCall call, StreamingChatResponseHandler host) {
        this.engine = engine;
        this.host = host;
        this.call = call;
        this.ledger = call.ledger;
        this.machine = new CallMachine(call, ledger.startNanos + engine.callLimitNanos, engine.retries);
        this.state = machine.start().state();
        this.patience = new Watchdog(engine.timers, this::slow);
        this.starts = new StreamStarts(engine.workers);
    }

    void start() {
        engine.onCall();
        carryOut(machine.start());
    }

    /** The step's state is in force. */
    private void carryOut(CallMachine.Step step) {
        if (step.delayNanos() > 0) {
            engine.timers.later(() -> engine.workers.executeSurely(() -> dispatch(step)), step.delayNanos());
        } else {
            dispatch(step);
        }
    }

    private void dispatch(CallMachine.Step step) {
        StreamAttempt next = opened(step.state());
        if (next == null) {
            return; // a piece, an end or a cancel came before
        }
        next.watch();
        beHasty(next.run);
        starts.start(next);
    }

    private @Nullable StreamAttempt opened(CallMachine.State begun) {
        lock.lock();
        try {
            if (over || state.delivering()) {
                return null;
            }
            AttemptRun run = new AttemptRun(call.model(begun.position()), begun, engine.ticker.getAsLong());
            StreamAttempt next = new StreamAttempt(this, run);
            open.add(next);
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Looks in when the model should have sent a first piece, if a second one may then be asked. */
    private void beHasty(AttemptRun run) {
        if (!run.hedge && engine.mayHedge() && call.size() > 1) {
            patience.rest(); // it was for the attempt before
            long usual = run.model.load.slowAfterNanos(engine.hedging, true, run.startNanos);
            if (usual != Latencies.UNKNOWN) {
                patience.comeIn(usual);
            }
        }
    }

    private void slow() {
        CallMachine.Step step;
        lock.lock();
        try {
            step = over ? null : machine.onSlow(state, engine.ticker.getAsLong());
            if (step == null || step.action() != CallMachine.Action.CALL || !engine.hedgeBudget.tryTake()) {
                return;
            }
            state = step.state();
        } finally {
            lock.unlock();
        }
        CallMachine.Step hedge = step;
        engine.workers.executeSurely(() -> dispatch(hedge));
    }

    /** What is left of the call, in nanoseconds, at most the given limit. */
    long limitNanos(long limitNanos, long nowNanos) {
        return machine.limitNanos(limitNanos, nowNanos);
    }

    /** Passes the gate, where the attempt's cost is reserved: why the attempt may not go on, null when it may. */
    @Nullable
    RuntimeException refusal(StreamAttempt attempt) {
        lock.lock();
        try {
            return open.contains(attempt)
                    ? engine.gate.refusal(attempt.run, call)
                    : new CancellationException("left already");
        } finally {
            lock.unlock();
        }
    }

    /** Notes that the model is asked; false when the attempt was left before. */
    boolean mayAsk(StreamAttempt attempt) {
        lock.lock();
        try {
            if (open.contains(attempt)) {
                attempt.run.askedAt(engine.ticker.getAsLong());
            }
            return attempt.run.asked;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the host hears this attempt: from the first piece on nobody else. */
    boolean hears(StreamAttempt attempt) {
        StreamAttempt only = heard;
        return only == null ? isFirst(attempt) : only == attempt;
    }

    /** Whether what is no piece of an answer may reach the host: while only one model could have sent it. */
    boolean mayHear(StreamAttempt attempt) {
        StreamAttempt only = heard;
        return only == null ? isAlone() : only == attempt;
    }

    private boolean isAlone() {
        lock.lock();
        try {
            return open.size() == 1;
        } finally {
            lock.unlock();
        }
    }

    private boolean isFirst(StreamAttempt attempt) {
        List<StreamAttempt> others;
        lock.lock();
        try {
            if (!open.contains(attempt)) {
                return false;
            }
            heard = attempt;
            state = machine.onPiece(state);
            others = leaveAllBut(attempt);
        } finally {
            lock.unlock();
        }
        patience.end();
        others.forEach(StreamAttempt::abandon);
        return true;
    }

    /** The other attempts, written down as cancelled, for the caller to abandon. The lock must be held. */
    private List<StreamAttempt> leaveAllBut(StreamAttempt attempt) {
        List<StreamAttempt> others =
                open.stream().filter(other -> other != attempt).toList();
        open.removeAll(others);
        for (StreamAttempt other : others) {
            other.run.endNanos = engine.ticker.getAsLong();
            ledger.ended(other.run, Outcome.CANCELLED, null, null);
        }
        return others;
    }

    /** An attempt ended. Called at most once an attempt, by whoever closed it. */
    void ended(StreamAttempt attempt, Outcome outcome, @Nullable ChatResponse response, @Nullable Throwable error) {
        CallMachine.Step step;
        Ended best;
        List<StreamAttempt> others = List.of();
        lock.lock();
        try {
            if (!open.remove(attempt)) {
                return; // another attempt is heard, and this one was left
            }
            attempt.run.endNanos = engine.ticker.getAsLong();
            ledger.ended(attempt.run, outcome, response, error);
            step = next(attempt.run, outcome, error);
            state = step.state();
            best = best(new Ended(attempt.run, outcome, response), error instanceof Error);
            over = isTerminal(step);
            if (over) {
                others = leaveAllBut(attempt);
            }
        } finally {
            lock.unlock();
        }
        others.forEach(StreamAttempt::abandon);
        if (step.action() == CallMachine.Action.CALL) {
            carryOut(step);
        } else if (isTerminal(step)) {
            patience.end();
            tellEnd(best, attempt.run.endNanos);
        }
    }

    /** What to tell if the call ends with this: an answer to a prompt that was cut is better than none, if none was heard. */
    private Ended best(Ended ended, boolean fatal) {
        boolean latest = cut == null || cut.run.startNanos - ended.run.startNanos <= 0;
        if (ended.outcome == Outcome.PROMPT_CUT && latest) {
            cut = ended;
        }
        return cut == null || fatal || state.delivering() || ended.outcome == Outcome.ANSWERED ? ended : cut;
    }

    private CallMachine.Step next(AttemptRun run, Outcome outcome, @Nullable Throwable error) {
        if (outcome == Outcome.ANSWERED) {
            return machine.onAnswer(state);
        }
        CallMachine.Step step = machine.onEnd(state, engine.ending(run, outcome, error), run.endNanos);
        boolean refused = step.isRetry() && !engine.retryBudget.tryTake();
        return refused || error instanceof Error
                ? new CallMachine.Step(step.state(), CallMachine.Action.GIVE_UP, 0)
                : step;
    }

    private static boolean isTerminal(CallMachine.Step step) {
        return step.action() == CallMachine.Action.DELIVER || step.action() == CallMachine.Action.GIVE_UP;
    }

    private void tellEnd(Ended ended, long nowNanos) {
        ChatResponse response = ended.response;
        if (ended.outcome.isAnswer() && response != null) {
            try {
                ledger.close(ended.outcome, nowNanos);
                call.answered(ended.run.model, ended.outcome, response);
            } finally { // whatever breaks on the way, the host waits for this
                tellHost(() -> host.onCompleteResponse(response));
            }
        } else {
            Throwable failure = ledger.failure();
            try {
                ledger.close(ended.outcome, nowNanos);
                call.failed(failure);
            } finally {
                tellHost(() -> host.onError(failure));
            }
        }
    }

    /** The host cancelled: the call ends without a terminal signal, as langchain4j does it. */
    void cancelled(StreamAttempt attempt) {
        lock.lock();
        try {
            over = true;
            open.remove(attempt);
            attempt.run.endNanos = engine.ticker.getAsLong();
            ledger.ended(attempt.run, Outcome.CANCELLED, null, null);
        } finally {
            lock.unlock();
        }
        ledger.close(Outcome.CANCELLED, attempt.run.endNanos);
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

    private record Ended(
            AttemptRun run, Outcome outcome, @Nullable ChatResponse response) {}
}

package dev.melancia.router;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.melancia.call.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what the call machine says for a call that is answered piece by piece. At most two {@link StreamAttempt}s are
 * open at a time; the first that has a piece for the host is the only one from then on. Each reports its end here exactly
 * once, so the host gets exactly one terminal signal (none after it cancelled). Thread-safe: the lock guards the state of
 * the call, and is never held while host, model or another attempt is called.
 */
final class StreamingCall {

    final Engine engine;
    final PreparedCall call;
    final StreamingChatResponseHandler host;
    private final CallLedger ledger;
    private final CallMachine machine;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<StreamAttempt> open = new ArrayList<>(1);
    private final Patience patience;
    private final HostEnd end;
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
        this.patience = new Patience(engine, this::slow);
        this.end = new HostEnd(call, host);
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
        try {
            StreamAttempt next = opened(step.state());
            if (next != null && isWatched(next)) { // else a piece, an end or a cancel came before
                starts.start(next);
            }
        } catch (RuntimeException | Error e) {
            if (!isBrokenOff(e)) {
                throw e;
            }
        }
    }

    /** False when it ended, since nothing would end it at its limit: there may be no thread for the timers. */
    private boolean isWatched(StreamAttempt next) {
        try {
            next.watch();
            if (call.size() > 1) {
                patience.begin(next);
            }
            return true;
        } catch (RuntimeException | Error e) {
            next.refused(Workers.outcome(e), e);
            return false;
        }
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

    private void slow(StreamAttempt attempt) {
        CallMachine.Step step;
        lock.lock();
        try {
            step = machine.onSlow(state, engine.ticker.getAsLong());
            boolean isOpen = !over && open.contains(attempt); // else its look comes late, while the next one is young
            if (!isOpen || step.action() != CallMachine.Action.CALL || !engine.hedgeBudget.tryTake()) {
                return;
            }
            state = step.state();
        } finally {
            lock.unlock();
        }
        engine.workers.executeSurely(() -> dispatch(step));
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
        if (only != null) {
            return only == attempt;
        }
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
        try {
            settle(attempt, outcome, response, error);
        } catch (RuntimeException | Error e) {
            if (!isBrokenOff(e)) {
                throw e;
            }
        }
    }

    private void settle(
            StreamAttempt attempt, Outcome outcome, @Nullable ChatResponse response, @Nullable Throwable error) {
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
            over = step.isTerminal();
            if (over) {
                others = leaveAllBut(attempt);
            }
        } finally {
            lock.unlock();
        }
        patience.end();
        others.forEach(StreamAttempt::abandon);
        if (step.action() == CallMachine.Action.CALL) {
            carryOut(step);
        } else if (step.isTerminal()) {
            end.with(best.run.model, best.outcome, best.response, attempt.run.endNanos);
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

    /** What should not break did: the host gets an end all the same, unless it has one. */
    private boolean isBrokenOff(Throwable why) {
        List<StreamAttempt> others;
        lock.lock();
        try {
            if (over) {
                return false;
            }
            over = true;
            others = List.copyOf(open);
            open.clear();
        } finally {
            lock.unlock();
        }
        patience.end();
        others.forEach(StreamAttempt::abandon);
        end.failed(Outcome.FAILED, why, engine.ticker.getAsLong());
        return true;
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
        end.cancelled(attempt.run.endNanos);
    }

    private record Ended(
            AttemptRun run, Outcome outcome, @Nullable ChatResponse response) {}
}

package dev.melancia.router;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.MelanciaException;
import dev.melancia.call.Outcome;
import org.jspecify.annotations.Nullable;

/** Carries out what the call machine says for a call that is answered in one piece. Confined to the caller's thread. */
final class BlockingShell {

    private static final long NEVER = Long.MAX_VALUE;

    private final Engine engine;
    private final PreparedCall call;
    private final CallLedger ledger;
    private final CallMachine machine;
    private final boolean mayHedge;
    private CallMachine.State state;
    private long nowNanos;
    private @Nullable Underway first;
    private @Nullable Underway second;
    private @Nullable Underway cut;

    BlockingShell(Engine engine, PreparedCall call, long nowNanos) {
        this.engine = engine;
        this.call = call;
        this.ledger = call.ledger;
        this.nowNanos = nowNanos;
        this.machine = new CallMachine(call, ledger.startNanos + engine.callLimitNanos, engine.retries);
        this.mayHedge = engine.mayHedge() && call.size() > 1;
        this.state = machine.start().state();
    }

    ChatResponse run() {
        try {
            return answer();
        } catch (RuntimeException | Error e) {
            if (!ledger.isClosed()) {
                breakOff(e);
            }
            throw e;
        }
    }

    /** What should not break did: no model is held, and the call has its record all the same. */
    private void breakOff(Throwable why) {
        try {
            leaveOther();
            first = second;
            leaveOther();
        } catch (RuntimeException | Error again) {
            why.addSuppressed(again);
        }
        ledger.close(Outcome.FAILED, nowNanos);
        call.failed(why);
    }

    private ChatResponse answer() {
        engine.onCall();
        carryOut(machine.start());
        while (true) {
            Underway ended = await();
            nowNanos = engine.ticker.getAsLong();
            ended.run.endNanos = nowNanos;
            CallMachine.Step step = settle(ended);
            switch (step.action()) {
                case CALL -> carryOut(step);
                case WAIT -> state = step.state();
                case DELIVER -> {
                    return deliver(cut != null && ended.outcome() == Outcome.PROMPT_CUT ? cut : ended);
                }
                case GIVE_UP -> {
                    return giveUp(ended);
                }
            }
        }
    }

    private CallMachine.Step settle(Underway ended) {
        Outcome outcome = ended.outcome();
        ledger.ended(ended.run, outcome, ended.response(), ended.error());
        if (outcome == Outcome.ANSWERED) {
            return machine.onAnswer(state);
        }
        if (outcome == Outcome.PROMPT_CUT && (cut == null || cut.run.startNanos - ended.run.startNanos <= 0)) {
            cut = ended; // of two the one begun last, as the record has it
        }
        if (ended.error() instanceof Error) {
            return new CallMachine.Step(state, CallMachine.Action.GIVE_UP, 0);
        }
        CallMachine.Step step = machine.onEnd(state, engine.ending(ended.run, outcome, ended.error()), nowNanos);
        return step.isRetry() && !engine.retryBudget.tryTake()
                ? new CallMachine.Step(step.state(), CallMachine.Action.GIVE_UP, 0)
                : step;
    }

    private void carryOut(CallMachine.Step step) {
        state = step.state();
        if (step.delayNanos() > 0) {
            pause(step.delayNanos());
        }
        RoutedModel model = call.model(state.position());
        AttemptRun run = new AttemptRun(model, state, nowNanos);
        Underway begun = new Underway(engine, call, run, machine.limitNanos(model.attemptLimitNanos, nowNanos));
        if (first == null) {
            first = begun;
        } else {
            second = begun;
        }
        begun.begin(!mayHedge && engine.workers.mayUseCaller() && model.isInterruptSafe());
    }

    /** The next attempt that ended, no longer under way. */
    private Underway await() {
        while (true) {
            Underway over = over();
            if (over != null) {
                return over;
            }
            long now = engine.ticker.getAsLong();
            long left = Math.min(left(first, now), left(second, now));
            long patience = patienceNanos(now);
            if (left <= 0) {
                timeOut(now);
            } else if (patience <= 0) {
                hedge(now);
            } else {
                engine.parking.park(this, Math.min(left, patience));
                if (Thread.interrupted()) {
                    interrupt();
                }
            }
        }
    }

    private @Nullable Underway over() {
        Underway one = first;
        if (one != null && one.isOver()) {
            first = second;
            second = null;
            return one;
        }
        Underway other = second;
        if (other != null && other.isOver()) {
            second = null;
            return other;
        }
        return null;
    }

    private static long left(@Nullable Underway attempt, long now) {
        return attempt == null ? NEVER : attempt.leftNanos(now);
    }

    private void timeOut(long now) {
        if (first != null && first.leftNanos(now) <= 0) {
            first.timeOut();
        }
        if (second != null && second.leftNanos(now) <= 0) {
            second.timeOut();
        }
    }

    private void interrupt() {
        Underway one = first; // the other one is left when the call ends
        if (one != null) {
            one.interrupt();
            if (one.outcome() != Outcome.INTERRUPTED) {
                // It ended just now: an answer is given, and the host sees to the interrupt; after a failure the other
                // attempt, or the next one, is interrupted.
                Thread.currentThread().interrupt();
            }
        }
    }

    /** How long until a second model is asked beside the one that is slow. */
    private long patienceNanos(long now) {
        Underway slow = first;
        if (!mayHedge || slow == null || second != null || state.hedged()) {
            return NEVER;
        }
        long usual = slow.run.model.load.slowAfterNanos(engine.hedging, false, now);
        return usual == Latencies.UNKNOWN ? NEVER : slow.run.startNanos + usual - now;
    }

    private void hedge(long now) {
        CallMachine.Step step = machine.onSlow(state, now);
        if (step.action() == CallMachine.Action.CALL && engine.hedgeBudget.tryTake()) {
            nowNanos = now;
            carryOut(step);
        } else {
            state = state.withoutHedge();
        }
    }

    /** Waits before another attempt. */
    private void pause(long delayNanos) {
        long end = nowNanos + delayNanos;
        while (nowNanos - end < 0) {
            engine.parking.park(this, end - nowNanos);
            nowNanos = engine.ticker.getAsLong();
            if (Thread.currentThread().isInterrupted()) {
                CallInterruptedException told = new CallInterruptedException();
                told.addSuppressed(ledger.failure());
                ledger.close(Outcome.INTERRUPTED, nowNanos);
                call.failed(told);
                throw told;
            }
        }
    }

    private ChatResponse deliver(Underway answered) {
        leaveOther();
        ChatResponse answer = answered.response();
        if (answer == null) {
            throw new IllegalStateException("an attempt that answered has an answer");
        }
        Outcome outcome = answered.outcome();
        ledger.close(outcome, nowNanos);
        call.answered(answered.run.model, outcome, answer);
        return answer;
    }

    /** The answer to a prompt that was cut is better than none, but hides neither an interrupt nor an {@code Error}. */
    private ChatResponse giveUp(Underway ended) {
        Outcome outcome = ended.outcome();
        if (cut != null && outcome != Outcome.INTERRUPTED && !(ended.error() instanceof Error)) {
            return deliver(cut);
        }
        leaveOther();
        Throwable failure = ledger.failure();
        ledger.close(outcome, nowNanos);
        call.failed(failure);
        throw unchecked(failure);
    }

    /** Of two, one has ended; the other is left. */
    private void leaveOther() {
        Underway other = first;
        if (other != null) {
            other.supersede();
            other.run.endNanos = nowNanos;
            ledger.ended(other.run, other.outcome(), other.response(), other.error());
        }
    }

    private static RuntimeException unchecked(Throwable failure) {
        if (failure instanceof Error fatal) {
            throw fatal;
        }
        return failure instanceof RuntimeException unchecked
                ? unchecked
                : new MelanciaException("a model threw a checked exception", failure);
    }
}

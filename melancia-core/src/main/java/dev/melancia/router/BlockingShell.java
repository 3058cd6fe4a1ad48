package dev.melancia.router;

import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.MelanciaException;
import dev.melancia.call.Outcome;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Carries out what the call machine says for a call that is answered in one piece. Confined to the caller's thread. */
final class BlockingShell {

    private final Engine engine;
    private final PreparedCall call;
    private final CallLedger ledger;
    private final CallMachine machine;
    private long nowNanos;
    private @Nullable ChatResponse response;
    private @Nullable Throwable error;
    private @Nullable CallInterruptedException interrupted;

    BlockingShell(Engine engine, PreparedCall call, long nowNanos) {
        this.engine = engine;
        this.call = call;
        this.ledger = call.ledger;
        this.nowNanos = nowNanos;
        this.machine = new CallMachine(call.size(), ledger.startNanos + engine.callLimitNanos);
    }

    ChatResponse run() {
        CallMachine.Step step = machine.start();
        while (true) {
            Outcome outcome = pause(step.delayNanos()) ? attempt(step.state()) : Outcome.INTERRUPTED;
            step = machine.onOutcome(step.state(), outcome, nowNanos);
            ChatResponse answer = response;
            if (step.action() == CallMachine.Action.DELIVER && answer != null) {
                ledger.close(outcome, nowNanos);
                call.answered(call.model(step.state().position()), answer);
                return answer;
            }
            if (step.action() == CallMachine.Action.GIVE_UP || error instanceof Error) {
                ledger.close(outcome, nowNanos);
                Throwable failure = interrupted == null ? ledger.failure() : interrupted;
                call.failed(failure);
                throw unchecked(failure);
            }
        }
    }

    private Outcome attempt(CallMachine.State state) {
        RoutedModel model = call.model(state.position());
        AttemptRun run = new AttemptRun(model, nowNanos);
        response = null;
        error = null;
        Outcome outcome = ask(model);
        nowNanos = engine.ticker.getAsLong();
        run.endNanos = nowNanos;
        ledger.ended(run, outcome, response, error);
        return outcome;
    }

    private Outcome ask(RoutedModel model) {
        AttemptTask task;
        try {
            task = new AttemptTask(model, model.own(call.request), call.options);
        } catch (RuntimeException e) { // a request of the host's own kind may refuse another model's name
            error = e;
            return FailureClassifier.classify(e);
        }
        if (!model.bulkhead.tryAcquire()) {
            error = new ModelBusyException(model.candidate);
            return Outcome.NO_PERMIT;
        }
        return run(task, model);
    }

    private Outcome run(AttemptTask task, RoutedModel model) {
        try {
            engine.workers.execute(engine.workers.carried(task));
        } catch (RuntimeException | Error e) { // an Error too: a host's pool may find no native thread
            task.withdraw();
            error = e;
            return Workers.outcome(e);
        }
        long limit = machine.limitNanos(model.attemptLimitNanos, nowNanos);
        try {
            if (!engine.workers.onCaller() && !task.await(limit, engine.ticker)) {
                error = new TimeoutException(model.id() + " did not answer within " + Duration.ofNanos(limit));
                return Outcome.TIMEOUT;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            error = new CallInterruptedException();
            return Outcome.INTERRUPTED;
        }
        return result(task, model);
    }

    private Outcome result(AttemptTask task, RoutedModel model) {
        error = task.error();
        response = task.response();
        if (error != null) {
            return FailureClassifier.classify(error);
        }
        if (response == null) {
            error = new MelanciaException(model.id() + " answered null, which no ChatModel may");
            return Outcome.MALFORMED_RESPONSE;
        }
        return Outcome.ANSWERED;
    }

    /** Waits before another attempt; false when the caller was interrupted meanwhile. */
    private boolean pause(long delayNanos) {
        if (delayNanos == 0) {
            return true;
        }
        long end = nowNanos + delayNanos;
        while (nowNanos - end < 0) {
            LockSupport.parkNanos(this, end - nowNanos);
            nowNanos = engine.ticker.getAsLong();
            if (Thread.currentThread().isInterrupted()) {
                interrupted = new CallInterruptedException();
                interrupted.addSuppressed(ledger.failure());
                return false;
            }
        }
        return true;
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

package dev.melancia.router;

import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.MelanciaException;
import dev.melancia.call.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a call that is answered in one piece: waits for a permit if it must, runs on the model, and knows how it
 * ended. Confined to the caller's thread.
 */
final class Underway {

    private static final long NO_LIMIT = Long.MAX_VALUE;

    final AttemptRun run;
    private final Engine engine;
    private final PreparedCall call;
    private final long limitNanos;
    private @Nullable AttemptTask task;
    private Bulkhead.@Nullable Place place;
    private @Nullable Outcome outcome;
    private @Nullable ChatResponse response;
    private @Nullable Throwable error;

    Underway(Engine engine, PreparedCall call, AttemptRun run, long limitNanos) {
        this.engine = engine;
        this.call = call;
        this.run = run;
        this.limitNanos = limitNanos;
    }

    /** Calls the model, or takes a place in its queue, or ends at once. */
    void begin(boolean onCaller) {
        RoutedModel model = run.model;
        RuntimeException refusal;
        try {
            task = new AttemptTask(model, model.own(call.request), call.options, engine.parking);
            refusal = engine.gate.refusal(run, call);
        } catch (RuntimeException | Error e) { // a request of the host's own kind may refuse another model's name
            end(FailureClassifier.classify(e), e);
            return;
        }
        if (refusal != null) {
            end(FailureClassifier.classify(refusal), refusal);
        } else if (model.bulkhead.tryAcquire()) {
            start(onCaller);
        } else {
            queue();
        }
    }

    private void queue() {
        Thread waiter = Thread.currentThread();
        Bulkhead.Place taken = run.model.bulkhead.enter(() -> engine.parking.unpark(waiter));
        if (taken == null) {
            end(Outcome.NO_PERMIT, new ModelBusyException(run.model.candidate));
        } else {
            place = taken;
            startIfPermitted();
        }
    }

    private void startIfPermitted() {
        Bulkhead.Place taken = place;
        if (taken != null && taken.hasPermit() && leftNanos(engine.ticker.getAsLong()) > 0) {
            place = null;
            start(false);
        }
    }

    private void start(boolean onCaller) {
        AttemptTask started = task();
        if (onCaller) {
            startHere(started);
            return;
        }
        if (engine.workers.onCaller()) {
            started.runHere();
            return;
        }
        try {
            engine.workers.execute(engine.workers.carried(started));
        } catch (RuntimeException | Error e) { // an Error too: a host's pool may find no native thread
            started.withdraw();
            end(Workers.outcome(e), e);
        }
    }

    /** Runs the model on this thread, which is interrupted when the limit is over. */
    private void startHere(AttemptTask started) {
        Deadlines.Watch watch = engine.deadlines.begin(run.model, run.startNanos + limitNanos);
        if (watch == null) {
            start(false);
            return;
        }
        boolean late;
        run.asked = true;
        try {
            started.runHere();
        } finally {
            late = engine.deadlines.end(watch);
        }
        Throwable told = started.error();
        if (told == null) {
            return; // an answer that came late is an answer
        }
        if (late) {
            end(Outcome.TIMEOUT, tooLate(told));
        } else if (Thread.interrupted() || FailureClassifier.classify(told) == Outcome.INTERRUPTED) {
            interrupted(told);
        }
    }

    /** Whether it ended; looks whether the model returned, or a permit came. */
    boolean isOver() {
        if (outcome == null) {
            startIfPermitted();
            if (outcome == null && place == null && task().isDone()) {
                take(task());
            }
        }
        return outcome != null;
    }

    private void take(AttemptTask done) {
        run.askedAt(done.begunNanos());
        Throwable told = done.error();
        ChatResponse answer = done.response();
        if (told != null) {
            end(FailureClassifier.classify(told), told);
        } else if (answer == null) {
            end(
                    Outcome.MALFORMED_RESPONSE,
                    new MelanciaException(run.model.id() + " answered null, which no ChatModel may"));
        } else {
            response = answer;
            PromptCutException cut = PromptCutException.of(run.model.candidate, answer);
            end(cut == null ? Outcome.ANSWERED : Outcome.PROMPT_CUT, cut);
        }
    }

    /** What is left of its limit, in nanoseconds; 0 or less when it is over. */
    long leftNanos(long nowNanos) {
        return engine.workers.onCaller() ? NO_LIMIT : run.startNanos + limitNanos - nowNanos;
    }

    /** Its limit is over: the model is left to itself, unless its answer just came. One that was never asked is not blamed. */
    void timeOut() {
        if (leave()) {
            if (run.asked) {
                end(Outcome.TIMEOUT, tooLate(null));
            } else {
                end(Outcome.NO_PERMIT, ModelBusyException.notAsked(run.model.candidate, Duration.ofNanos(limitNanos)));
            }
        }
    }

    private TimeoutException tooLate(@Nullable Throwable cause) {
        return new TimeoutException(run.model.id() + " did not answer within " + Duration.ofNanos(limitNanos), cause);
    }

    /** The caller's thread was interrupted: the model is left to itself, unless its answer just came. */
    void interrupt() {
        if (leave()) {
            interrupted(null);
        }
    }

    private void interrupted(@Nullable Throwable cause) {
        Thread.currentThread().interrupt();
        CallInterruptedException told = new CallInterruptedException();
        if (cause != null) {
            told.addSuppressed(cause);
        }
        end(Outcome.INTERRUPTED, told);
    }

    /**
     * Another attempt decided the call: the model is left to itself; an answer that just came is only counted. One that
     * waits does not look whether its permit came: it would begin only to be left.
     */
    void supersede() {
        if (((place != null || !isOver()) && leave()) || outcome().isAnswer()) {
            end(Outcome.CANCELLED, null);
        }
    }

    /** False when the model's answer just came. */
    private boolean leave() {
        Bulkhead.Place waiting = place;
        if (waiting != null) {
            place = null;
            run.model.bulkhead.leave(waiting);
            return true;
        }
        if (task().withdraw()) {
            return true;
        }
        run.askedAt(task().begunNanos());
        return task().abandon();
    }

    private void end(Outcome how, @Nullable Throwable why) {
        outcome = how;
        error = why;
    }

    private AttemptTask task() {
        AttemptTask current = task;
        if (current == null) {
            throw new IllegalStateException("an attempt is begun first");
        }
        return current;
    }

    /** How it ended; it must be over. */
    Outcome outcome() {
        Outcome how = isOver() ? outcome : null;
        if (how == null) {
            throw new IllegalStateException("the attempt is still under way");
        }
        return how;
    }

    @Nullable
    ChatResponse response() {
        return response;
    }

    @Nullable
    Throwable error() {
        return error;
    }
}

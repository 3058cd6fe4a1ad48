package dev.melancia.router;

import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One blocking call of a model, run by one thread and waited for by another that may give up on it. Releases the model's
 * permit when the model returns, not when the caller gives up: that bounds the threads a hanging model can hold. A task
 * that never began gives it back when the caller leaves.
 *
 * <p>States: QUEUED, RUNNING, then DONE (the result is there), or INTERRUPTING and ABANDONED (the caller left). As in
 * {@code FutureTask}, the runner waits out INTERRUPTING, so that an interrupt cannot hit the next task of its thread.
 */
@SuppressWarnings("serial") // extends AtomicInteger to save an object a call; never serialised
final class AttemptTask extends AtomicInteger implements Runnable {

    /** It never had to wait for a thread, or only just found one. */
    static final long NOT_BEGUN = Long.MIN_VALUE;

    private static final int QUEUED = 0;
    private static final int RUNNING = 1;
    private static final int DONE = 2;
    private static final int INTERRUPTING = 3;
    private static final int ABANDONED = 4;

    private final RoutedModel model;
    private final ChatRequest request;
    private final ChatRequestOptions options;
    private final Parking parking;
    private final Thread waiter = Thread.currentThread();
    private volatile @Nullable Thread runner;
    private volatile long begunNanos = NOT_BEGUN;
    private @Nullable ChatResponse response;
    private @Nullable Throwable error;

    AttemptTask(RoutedModel model, ChatRequest request, ChatRequestOptions options, Parking parking) {
        this.model = model;
        this.request = request;
        this.options = options;
        this.parking = parking;
    }

    @Override
    public void run() {
        runner = Thread.currentThread();
        if (!compareAndSet(QUEUED, RUNNING)) {
            return;
        }
        begunNanos = model.ticker.getAsLong();
        call();
        if (compareAndSet(RUNNING, DONE)) {
            if (Thread.currentThread() != waiter) {
                parking.unpark(waiter);
            }
            return;
        }
        while (get() == INTERRUPTING) {
            Thread.onSpinWait();
        }
    }

    /** Runs it on the thread that waits for it, so that nobody can leave meanwhile. */
    void runHere() {
        call();
        setPlain(DONE);
    }

    private void call() {
        try {
            response = model.chatModel.chat(request, options);
        } catch (Throwable e) { // handed to the caller, who throws it: nothing is swallowed
            error = e;
        } finally {
            model.bulkhead.release();
        }
    }

    /** Whether the result is there. */
    boolean isDone() {
        return get() == DONE;
    }

    /** Takes the task back unless it began: whoever runs it gives the permit back itself. */
    boolean withdraw() {
        boolean won = compareAndSet(QUEUED, ABANDONED);
        if (won) {
            model.bulkhead.release();
        }
        return won;
    }

    /** Gives up on the model, which is interrupted if it runs; false when its result just came. */
    boolean abandon() {
        if (withdraw()) {
            return true;
        }
        if (!compareAndSet(RUNNING, INTERRUPTING)) {
            return false;
        }
        Thread running = runner;
        if (running != null) {
            running.interrupt();
        }
        set(ABANDONED);
        return true;
    }

    /** When a thread began with it, on the router's ticker; {@link #NOT_BEGUN} when nobody measured it. */
    long begunNanos() {
        return begunNanos;
    }

    /** The model's answer; null when it threw, or answered null. */
    @Nullable
    ChatResponse response() {
        return response;
    }

    /** What the model threw. */
    @Nullable
    Throwable error() {
        return error;
    }
}

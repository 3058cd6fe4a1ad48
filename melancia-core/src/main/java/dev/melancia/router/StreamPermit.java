package dev.melancia.router;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A stream's permit: waited for in the model's queue, and given back when the attempt is closed and the model's
 * {@code chat} has returned, since until then it may hold a thread. Thread-safe.
 */
final class StreamPermit {

    private enum Progress {
        NEW,
        WAITING,
        CALLED,
        LEFT
    }

    private final Bulkhead bulkhead;
    private final Runnable onPermit;
    private final AtomicReference<Progress> progress = new AtomicReference<>(Progress.NEW);
    private final AtomicInteger holders = new AtomicInteger(2);
    private volatile Bulkhead.@Nullable Place place;
    private volatile boolean closed;

    /**
     * @param onPermit told when a permit came that had to be waited for, on the thread of the call that ended: it must not
     *     call a model there
     */
    StreamPermit(Bulkhead bulkhead, Runnable onPermit) {
        this.bulkhead = bulkhead;
        this.onPermit = onPermit;
    }

    /** True the first time. */
    boolean begin() {
        return progress.compareAndSet(Progress.NEW, Progress.WAITING);
    }

    /** Why there is neither a permit nor a place in the queue for the attempt; null when there is. */
    @Nullable
    RuntimeException refusal(StreamingCall call, StreamAttempt attempt) {
        try {
            RuntimeException refusal = call.refusal(attempt);
            return refusal != null || enter() ? refusal : new ModelBusyException(attempt.run.model.candidate);
        } catch (RuntimeException e) { // a budget that breaks must not leave the host waiting for the limit
            return e;
        }
    }

    private boolean enter() {
        Bulkhead.Place taken = bulkhead.enter(onPermit);
        place = taken;
        if (closed) {
            leave(); // closed meanwhile, when there was no place to leave
        }
        return taken != null;
    }

    /** True once, when the permit is there. */
    boolean mayCall() {
        Bulkhead.Place taken = place;
        return taken != null && taken.hasPermit() && progress.compareAndSet(Progress.WAITING, Progress.CALLED);
    }

    /** Whether the model was called, or just about to be. */
    boolean wasUsed() {
        return progress.get() == Progress.CALLED;
    }

    /** The attempt is closed. Called once. */
    void closed() {
        closed = true;
        leave();
        letGo();
    }

    /** The model's {@code chat} returned. */
    void returned() {
        letGo();
    }

    private void leave() {
        Bulkhead.Place taken = place;
        if (taken != null && progress.compareAndSet(Progress.WAITING, Progress.LEFT)) {
            bulkhead.leave(taken);
        }
    }

    /** Only a model that was called holds two. */
    private void letGo() {
        if (holders.decrementAndGet() == 0) {
            bulkhead.release();
        }
    }
}

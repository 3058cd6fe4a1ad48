package dev.melancia.router;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Has the attempts of one stream start, or go on, where models run, with the surroundings of the thread that made the call:
 * later attempts begin on threads of models and timers, so they are taken along once. Thread-safe.
 */
final class StreamStarts {

    private final Workers workers;
    private final Queue<StreamAttempt> toStart = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Runnable carried;

    StreamStarts(Workers workers) {
        this.workers = workers;
    }

    void start(StreamAttempt attempt) {
        toStart.add(attempt);
        try {
            workers.execute(carried());
        } catch (RuntimeException | Error e) {
            toStart.remove(attempt);
            attempt.refused(Workers.outcome(e), e);
        }
    }

    private Runnable carried() {
        Runnable start = carried;
        if (start == null) {
            start = workers.carriedAnywhere(this::startNext);
            carried = start;
        }
        return start;
    }

    /** Passes over attempts that ended meanwhile: a host's executor may have dropped the task that was theirs. */
    private void startNext() {
        StreamAttempt next = toStart.poll();
        while (next != null && !next.isOpen()) {
            next = toStart.poll();
        }
        if (next != null) {
            next.start();
        }
    }
}

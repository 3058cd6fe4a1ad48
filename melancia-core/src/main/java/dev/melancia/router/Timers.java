package dev.melancia.router;

import java.util.concurrent.Future;

/** What comes later: watchdogs, hedges and pauses of streams. Thread-safe. */
interface Timers extends AutoCloseable {

    /** Runs a task after a delay, unless it is cancelled. */
    Future<?> schedule(Runnable task, long delayNanos);

    /** As {@link #schedule}, for what is never called off. */
    default void later(Runnable task, long delayNanos) {
        Future<?> unused = schedule(task, delayNanos);
    }

    @Override
    void close();
}

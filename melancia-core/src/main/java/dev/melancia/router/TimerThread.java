package dev.melancia.router;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One daemon thread for watchdogs and pauses, started when first needed and gone when idle. Thread-safe. */
final class TimerThread implements Timers {

    private static final long KEEP_ALIVE_SECONDS = 10;

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable ScheduledThreadPoolExecutor executor;

    @Override
    public Future<?> schedule(Runnable task, long delayNanos) {
        lock.lock(); // until it is scheduled: a close in between would refuse it
        try {
            return executor().schedule(task, delayNanos, TimeUnit.NANOSECONDS);
        } finally {
            lock.unlock();
        }
    }

    /** To be called with the lock held. */
    private ScheduledThreadPoolExecutor executor() {
        ScheduledThreadPoolExecutor current = executor;
        if (current == null) {
            current = new ScheduledThreadPoolExecutor(1, Workers.threads("melancia-timer"));
            current.setRemoveOnCancelPolicy(true);
            current.setKeepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
            current.allowCoreThreadTimeOut(true);
            executor = current;
        }
        return current;
    }

    /** Timers that have not come yet. */
    int waiting() {
        lock.lock();
        try {
            return executor == null ? 0 : executor.getQueue().size();
        } finally {
            lock.unlock();
        }
    }

    /** The thread ends with the last timer; a call under way that needs another one starts a thread anew. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (executor != null) {
                executor.shutdown();
                executor = null;
            }
        } finally {
            lock.unlock();
        }
    }
}

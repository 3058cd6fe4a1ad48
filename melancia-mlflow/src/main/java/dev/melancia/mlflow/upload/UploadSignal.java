package dev.melancia.mlflow.upload;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What the uploader's thread and its owners tell each other. Thread-safe. */
final class UploadSignal {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long asked;
    private long reached;
    private boolean stopped;

    /** Asks to be told when everything that is in the journal now was delivered. */
    long ask() {
        lock.lock();
        try {
            asked++;
            changed.signalAll();
            return asked;
        } finally {
            lock.unlock();
        }
    }

    long asked() {
        lock.lock();
        try {
            return asked;
        } finally {
            lock.unlock();
        }
    }

    /** Everything that was in the journal when {@code ticket} was drawn is delivered. */
    void reached(long ticket) {
        lock.lock();
        try {
            reached = Math.max(reached, ticket);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean await(long ticket, Duration timeout) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.NANOSECONDS.convert(timeout);
            while (reached < ticket && !stopped && left > 0) {
                left = changed.awaitNanos(left);
            }
            return reached >= ticket;
        } finally {
            lock.unlock();
        }
    }

    /** Waits, but not once a ticket later than {@code seen} was drawn or the uploader was stopped. */
    void pause(Duration time, long seen) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.NANOSECONDS.convert(time);
            while (asked <= seen && !stopped && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        lock.lock();
        try {
            stopped = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean stopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }
}

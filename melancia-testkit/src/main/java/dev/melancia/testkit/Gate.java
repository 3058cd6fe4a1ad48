package dev.melancia.testkit;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Holds calls until a test opens it: a slow or hanging model without sleeping. Starts closed, opens once and stays open.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class Gate {

    private final ReentrantLock lock = new ReentrantLock();
    // Two, so that a call that comes wakes the test and not the thousand that stand here.
    private final Condition came = lock.newCondition();
    private final Condition opened = lock.newCondition();
    private final boolean ignoresInterrupts;
    private boolean open;
    private int held;

    private Gate(boolean ignoresInterrupts) {
        this.ignoresInterrupts = ignoresInterrupts;
    }

    /** A gate whose held calls end with an exception when their thread is interrupted. */
    public static Gate closed() {
        return new Gate(false);
    }

    /** A gate whose held calls ignore interrupts, as native code and old drivers do; only {@link #open} frees them. */
    public static Gate ignoringInterrupts() {
        return new Gate(true);
    }

    /** Lets all held and all later calls pass. */
    public void open() {
        lock.lock();
        try {
            open = true;
            opened.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many calls stand here now. */
    public int held() {
        lock.lock();
        try {
            return held;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until that many calls stand here.
     *
     * @throws AssertionError when they do not within the limit
     */
    public void awaitHeld(int calls, Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (held < calls) {
                if (left <= 0) {
                    throw new AssertionError("expected " + calls + " held calls within " + limit + ", were " + held);
                }
                left = came.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Stands here until the gate opens.
     *
     * @throws InterruptedException when the thread is interrupted and this gate minds
     */
    public void pass() throws InterruptedException {
        lock.lock();
        try {
            held++;
            came.signalAll();
            while (!open) {
                if (ignoresInterrupts) {
                    opened.awaitUninterruptibly();
                } else {
                    opened.await();
                }
            }
        } finally {
            held--;
            lock.unlock();
        }
    }
}

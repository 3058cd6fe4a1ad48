package dev.melancia.benchmarks;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Two threads that wake each other in turn, without spinning: what a call on another thread costs at the very least. */
final class PingPong implements AutoCloseable {

    private final Thread partner = new Thread(this::answer, "ping-pong");
    private volatile @Nullable Thread caller;
    private volatile boolean closed;

    PingPong() {
        partner.setDaemon(true);
        partner.start();
    }

    /** Wakes the partner, and waits until it answers; for one caller at a time. */
    void round() {
        caller = Thread.currentThread();
        LockSupport.unpark(partner);
        while (caller != null) {
            LockSupport.park(this);
        }
    }

    private void answer() {
        while (!closed) {
            Thread waiting = caller;
            if (waiting == null) {
                LockSupport.park(this);
            } else {
                caller = null;
                LockSupport.unpark(waiting);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(partner);
    }
}

package dev.melancia.router;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts what may exist so many times and no more: calls on one model, threads of one router. Thread-safe. */
final class Bulkhead {

    private final int permits;
    private final AtomicInteger taken = new AtomicInteger();

    Bulkhead(int permits) {
        this.permits = permits;
    }

    boolean tryAcquire() {
        int now = taken.get();
        while (now < permits) {
            if (taken.compareAndSet(now, now + 1)) {
                return true;
            }
            now = taken.get();
        }
        return false;
    }

    void release() {
        taken.decrementAndGet();
    }

    boolean isFull() {
        return taken.get() >= permits;
    }

    int taken() {
        return taken.get();
    }
}

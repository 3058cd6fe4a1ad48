package dev.melancia.router;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Counts what may exist so many times and no more: calls on one model, threads of one router. A few more may wait for it,
 * first come, first served: a permit that comes back goes to the first of them, so nobody overtakes. Thread-safe; the lock
 * is only taken where somebody may wait.
 */
final class Bulkhead {

    private final int permits;
    private final int places;
    private final AtomicInteger taken = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Place> waiting = new ArrayDeque<>();

    Bulkhead(int permits) {
        this(permits, 0);
    }

    /**
     * All permits free.
     *
     * @param places how many may wait, at least 0
     */
    Bulkhead(int permits, int places) {
        this.permits = permits;
        this.places = places;
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

    /**
     * Takes a permit, or a place among those who wait for one.
     *
     * @param onPermit told, on any thread, when a place that had to wait gets its permit
     * @return a place, which has its permit or will get it; null when all are taken
     */
    @Nullable
    Place enter(Runnable onPermit) {
        if (places == 0) {
            return tryAcquire() ? new Place(onPermit, true) : null;
        }
        lock.lock();
        try {
            boolean permit = tryAcquire();
            if (!permit && waiting.size() >= places) {
                return null;
            }
            Place place = new Place(onPermit, permit);
            if (!permit) {
                waiting.add(place);
            }
            return place;
        } finally {
            lock.unlock();
        }
    }

    /** Gives up a place; its permit comes back if it had got one. */
    void leave(Place place) {
        if (!stopsWaiting(place)) {
            release();
        }
    }

    private boolean stopsWaiting(Place place) {
        lock.lock();
        try {
            return waiting.remove(place);
        } finally {
            lock.unlock();
        }
    }

    void release() {
        if (places == 0) {
            taken.decrementAndGet();
            return;
        }
        Place next = first();
        if (next != null) {
            next.permit = true;
            next.onPermit.run();
        }
    }

    /** The first who waits, who takes the permit over; without one it is free. */
    private @Nullable Place first() {
        lock.lock();
        try {
            Place first = waiting.poll();
            if (first == null) {
                taken.decrementAndGet();
            }
            return first;
        } finally {
            lock.unlock();
        }
    }

    /** Whether one more would be turned away. */
    boolean isFull() {
        return taken.get() >= permits && (places == 0 || queued() >= places);
    }

    int taken() {
        return taken.get();
    }

    int permits() {
        return permits;
    }

    /** How many wait. */
    int queued() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Somebody with a permit, or on the way to one. */
    static final class Place {

        private final Runnable onPermit;
        private volatile boolean permit;

        private Place(Runnable onPermit, boolean permit) {
            this.onPermit = onPermit;
            this.permit = permit;
        }

        boolean hasPermit() {
            return permit;
        }
    }
}

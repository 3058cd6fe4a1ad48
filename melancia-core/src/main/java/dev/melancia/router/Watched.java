package dev.melancia.router;

import dev.melancia.router.Deadlines.Watch;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Some of the callers that {@link Deadlines} watch: a linked list in the nodes themselves, so that one comes and goes in no time. Thread-safe. */
final class Watched {

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Watch first;
    private int size;

    void add(Watch watch) {
        lock.lock();
        try {
            watch.next = first;
            if (first != null) {
                first.previous = watch;
            }
            first = watch;
            size++;
        } finally {
            lock.unlock();
        }
    }

    void remove(Watch watch) {
        lock.lock();
        try {
            if (watch.previous == null) {
                first = watch.next;
            } else {
                watch.previous.next = watch.next;
            }
            if (watch.next != null) {
                watch.next.previous = watch.previous;
            }
            size--;
        } finally {
            lock.unlock();
        }
    }

    /** The earliest deadline to come; those whose deadline has passed are put aside. */
    long look(long now, List<Watch> late) {
        long earliest = Deadlines.NEVER;
        lock.lock();
        try {
            for (Watch watch = first; watch != null; watch = watch.next) {
                if (watch.at <= now) {
                    late.add(watch);
                } else {
                    earliest = Math.min(earliest, watch.at);
                }
            }
        } finally {
            lock.unlock();
        }
        return earliest;
    }

    int size() {
        lock.lock();
        try {
            return size;
        } finally {
            lock.unlock();
        }
    }
}

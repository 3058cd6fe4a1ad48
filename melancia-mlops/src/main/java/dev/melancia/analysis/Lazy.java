package dev.melancia.analysis;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is worked out when it is first asked for. Thread-safe. */
final class Lazy<T> {

    private final ReentrantLock lock = new ReentrantLock();
    private final Supplier<T> source;
    private volatile @Nullable T value;

    Lazy(Supplier<T> source) {
        this.source = source;
    }

    T value() {
        T known = value;
        if (known != null) {
            return known;
        }
        lock.lock();
        try {
            T worked = value;
            if (worked == null) {
                worked = source.get();
                value = worked;
            }
            return worked;
        } finally {
            lock.unlock();
        }
    }
}

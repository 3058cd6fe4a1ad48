package dev.melancia.router;

import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A look that is taken later, one at a time: the next takes the place of the one before, none comes after the end. Thread-safe. */
final class Watchdog {

    private final Timers timers;
    private final Runnable look;
    private final AtomicReference<@Nullable Future<?>> next = new AtomicReference<>();
    private volatile boolean ended;

    Watchdog(Timers timers, Runnable look) {
        this.timers = timers;
        this.look = look;
    }

    void comeIn(long delayNanos) {
        callOff(next.getAndSet(timers.schedule(look, delayNanos)));
        if (ended) {
            end();
        }
    }

    void end() {
        ended = true;
        callOff(next.get());
    }

    private static void callOff(@Nullable Future<?> look) {
        if (look != null) {
            look.cancel(false);
        }
    }
}

package dev.melancia.router;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Until when a server asked to be left alone ({@code Retry-After}). Thread-safe. */
final class Quiet {

    /** A server that says more is wrong, or attacks: its model would never come back. */
    private static final long LONGEST_NANOS = TimeUnit.DAYS.toNanos(1);

    private final AtomicReference<@Nullable Until> until = new AtomicReference<>();

    /** A day at most; never shortens what was asked for before. */
    void askedFor(long nanos, long nowNanos) {
        Until asked = new Until(nowNanos + Math.min(nanos, LONGEST_NANOS), nowNanos);
        until.accumulateAndGet(
                asked, (before, now) -> before == null || now == null || before.nanos - now.nanos < 0 ? now : before);
    }

    /** The model answered a call that began at that time: what was asked for before is over. */
    void lift(long startNanos) {
        Until asked = until.get();
        if (asked != null && startNanos - asked.askedNanos > 0) {
            until.compareAndSet(asked, null);
        }
    }

    /** Whether anybody asked at all: the usual case is told without a clock. */
    boolean isAskedFor() {
        return until.get() != null;
    }

    /** Nanoseconds left; 0 when it is over. */
    long leftNanos(long nowNanos) {
        Until asked = until.get();
        if (asked == null) {
            return 0;
        }
        long left = asked.nanos - nowNanos;
        if (left <= 0) {
            until.compareAndSet(asked, null);
        }
        return Math.max(0, left);
    }

    private record Until(long nanos, long askedNanos) {}
}

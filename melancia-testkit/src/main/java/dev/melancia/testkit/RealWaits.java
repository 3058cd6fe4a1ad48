package dev.melancia.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what only looking can tell: other processes signal nothing. */
final class RealWaits {

    private static final Duration POLL = Duration.ofMillis(5);

    private RealWaits() {}

    /** Until the condition holds; an AssertionError that names it when it does not within the limit. */
    static void until(BooleanSupplier condition, Duration limit, String what) {
        if (!quietly(condition, limit)) {
            throw new AssertionError("waited " + limit + " in vain for " + what);
        }
    }

    /** Until the condition holds; false when it does not within about the limit. */
    static boolean quietly(BooleanSupplier condition, Duration limit) {
        long polls = limit.dividedBy(POLL);
        for (long i = 0; i < polls && !condition.getAsBoolean(); i++) {
            LockSupport.parkNanos(POLL.toNanos());
        }
        return condition.getAsBoolean();
    }
}

package dev.melancia.router;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * When a model that keeps failing is left alone for a while, so that calls do not wait for it in vain. The caller's own
 * mistakes, full bulkheads and cancelled streams never count. Immutable.
 *
 * @since 0.1.0
 */
public final class BreakerSettings {

    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final Duration FIRST_COOL_DOWN = Duration.ofSeconds(5);
    private static final Duration LONGEST_COOL_DOWN = Duration.ofMinutes(2);
    private static final Duration NEVER_SLOW = Duration.ofNanos(Long.MAX_VALUE);
    private static final BreakerSettings DEFAULTS =
            new BreakerSettings(new Trip(WINDOW, 10, .5), new Trip(NEVER_SLOW, 10, 1), FIRST_COOL_DOWN);
    private static final BreakerSettings NONE =
            new BreakerSettings(new Trip(WINDOW, Integer.MAX_VALUE, 1), DEFAULTS.slow, FIRST_COOL_DOWN);

    private final Trip failures;
    private final Trip slow;
    private final Duration coolDown;

    private BreakerSettings(Trip failures, Trip slow, Duration coolDown) {
        this.failures = failures;
        this.slow = slow;
        this.coolDown = coolDown;
    }

    /**
     * Opens when half of at least 10 calls within 60 s failed, for 5 s at first, twice as long each time it fails again,
     * 2 minutes at most; slowness does not count.
     */
    public static BreakerSettings defaults() {
        return DEFAULTS;
    }

    /** Never opens, unless {@link #failures} or {@link #slowCalls} say when. */
    public static BreakerSettings none() {
        return NONE;
    }

    /**
     * These settings with another rule on failures.
     *
     * @param rate share of failed calls that opens it, in (0, 1]
     * @param minimumCalls within the window before it may open, for slow calls too, at least 1
     * @param window how far back calls count, at least 100 ms
     */
    public BreakerSettings failures(double rate, int minimumCalls, Duration window) {
        if (requireNonNull(window, "window").toMillis() < 100) {
            throw new IllegalArgumentException("window must be at least 100 ms, was " + window);
        }
        return new BreakerSettings(
                new Trip(window, minimumCalls, rate), new Trip(slow.time, minimumCalls, slow.rate), coolDown);
    }

    /**
     * These settings with a rule on slow calls, counted in the same window.
     *
     * @param slowFrom a call, or a stream's first piece, that takes this long is slow; positive
     * @param rate share of slow calls that opens it, in (0, 1]
     */
    public BreakerSettings slowCalls(Duration slowFrom, double rate) {
        if (requireNonNull(slowFrom, "slowFrom").isNegative() || slowFrom.isZero()) {
            throw new IllegalArgumentException("slowFrom must be positive, was " + slowFrom);
        }
        int minimumCalls = isNone() ? slow.minimumCalls : failures.minimumCalls; // none() never counts enough failures
        return new BreakerSettings(failures, new Trip(slowFrom, minimumCalls, rate), coolDown);
    }

    /**
     * These settings with another first cool-down.
     *
     * @param first positive; later ones grow up to 2 minutes, or to this one if it is longer
     */
    public BreakerSettings coolDown(Duration first) {
        if (requireNonNull(first, "first").isNegative() || first.isZero()) {
            throw new IllegalArgumentException("cool-down must be positive, was " + first);
        }
        return new BreakerSettings(failures, slow, first);
    }

    boolean isNone() {
        return this == NONE;
    }

    long windowNanos() {
        return failures.time.toNanos();
    }

    long slowFromNanos() {
        return CallLimits.nanos(slow.time);
    }

    long firstCoolDownNanos() {
        return CallLimits.nanos(coolDown);
    }

    long longestCoolDownNanos() {
        return Math.max(firstCoolDownNanos(), LONGEST_COOL_DOWN.toNanos());
    }

    /** Whether these counts say that the model should be left alone. */
    boolean trips(long calls, long failed, long slowCalls) {
        return failures.trips(calls, failed) || slow.trips(calls, slowCalls);
    }

    @Override
    public String toString() {
        return isNone()
                ? "BreakerSettings[none]"
                : "BreakerSettings[failures=" + failures + ", coolDown=" + coolDown + "]";
    }

    /** A share of calls that is too many; the time is the window, or what counts as slow. */
    private record Trip(Duration time, int minimumCalls, double rate) {

        Trip {
            if (!(rate > 0 && rate <= 1)) {
                throw new IllegalArgumentException("rate must be in (0, 1], was " + rate);
            }
            if (minimumCalls < 1) {
                throw new IllegalArgumentException("minimumCalls must be at least 1, was " + minimumCalls);
            }
        }

        boolean trips(long calls, long bad) {
            return calls >= minimumCalls && bad >= rate * calls;
        }
    }
}

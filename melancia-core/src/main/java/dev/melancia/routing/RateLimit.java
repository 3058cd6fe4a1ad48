package dev.melancia.routing;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * So many calls in so much time, spread evenly: a call comes free every {@code period / calls}, and what was not used adds
 * up to {@code burst} calls that may begin at once. Immutable.
 *
 * <p>So {@code calls + burst - 1} may begin in the first period, or in one after a pause: with {@link #perMinute} and {@link
 * #perSecond}, whose burst is {@code calls}, nearly twice as many. For a provider's hard limit use {@code withBurst(1)}: no
 * period then sees more than {@code calls}.
 *
 * @param calls that may begin in a period, at least 1
 * @param period positive, at most 31 days
 * @param burst calls that may begin at once after a pause, at least 1
 * @since 0.1.0
 */
public record RateLimit(int calls, Duration period, int burst) {

    private static final Duration LONGEST = Duration.ofDays(31);

    public RateLimit {
        if (requireNonNull(period, "period").isNegative() || period.isZero() || period.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("period must be positive and at most 31 days, was " + period);
        }
        requireAtLeastOne(calls, "calls");
        requireAtLeastOne(burst, "burst");
    }

    /** So many a second, and as many at once: up to {@code 2 * calls - 1} in the first second. */
    public static RateLimit perSecond(int calls) {
        return new RateLimit(calls, Duration.ofSeconds(1), calls);
    }

    /** So many a minute, and as many at once: up to {@code 2 * calls - 1} in the first minute. */
    public static RateLimit perMinute(int calls) {
        return new RateLimit(calls, Duration.ofMinutes(1), calls);
    }

    /** This limit with another number of calls that may begin at once; 1 keeps to a hard limit. */
    public RateLimit withBurst(int atOnce) {
        return new RateLimit(calls, period, atOnce);
    }

    private static void requireAtLeastOne(int value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, was " + value);
        }
    }

    /** Such as {@code 60 calls in PT1M, 10 at once}. */
    @Override
    public String toString() {
        return calls + " calls in " + period + ", " + burst + " at once";
    }
}

package dev.melancia.router;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * When the last model standing is tried again after it refused (429, 503, no connection): other failures, and models that
 * have another one behind them, are not. The pause is the longer of what the server asked for ({@code Retry-After}) and one
 * that grows exponentially with full jitter: uniform between 0 and {@code base * 2^n}, 10 s at most. A budget keeps retries to a share of the
 * calls, so that a server in trouble is not buried under them. Immutable.
 *
 * @see <a href="https://sre.google/sre-book/handling-overload/">Site Reliability Engineering, chapter 21: retry budgets</a>
 * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential backoff and
 *     jitter</a>
 * @since 0.1.0
 */
public final class RetrySettings {

    private static final int MOST_RETRIES = 20;
    private static final Duration BASE = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofSeconds(30);
    private static final RetrySettings DEFAULTS = new RetrySettings(1, BASE, LONGEST, LONGEST_RETRY_AFTER, .2);
    private static final RetrySettings NONE = new RetrySettings(0, BASE, LONGEST, LONGEST_RETRY_AFTER, .2);

    private final int maxRetries;
    private final long baseNanos;
    private final long longestNanos;
    private final long longestRetryAfterNanos;
    private final double budget;

    private RetrySettings(int maxRetries, Duration base, Duration longest, Duration longestRetryAfter, double budget) {
        this(
                maxRetries,
                CallLimits.nanos(base),
                CallLimits.nanos(longest),
                CallLimits.nanos(longestRetryAfter),
                budget);
    }

    private RetrySettings(
            int maxRetries, long baseNanos, long longestNanos, long longestRetryAfterNanos, double budget) {
        this.maxRetries = maxRetries;
        this.baseNanos = baseNanos;
        this.longestNanos = longestNanos;
        this.longestRetryAfterNanos = longestRetryAfterNanos;
        this.budget = budget;
    }

    /**
     * One retry a call, after at most 500 ms, or what the server asked for if that is longer, up to 30 s; for a fifth of the calls and ten
     * more at any time.
     */
    public static RetrySettings defaults() {
        return DEFAULTS;
    }

    /** No model is ever tried again. With {@link #maxRetries} they are as the defaults. */
    public static RetrySettings none() {
        return NONE;
    }

    /**
     * These settings with another number of retries a call.
     *
     * @param retries in [0, 20]
     */
    public RetrySettings maxRetries(int retries) {
        if (retries < 0 || retries > MOST_RETRIES) {
            throw new IllegalArgumentException("maxRetries must be in [0, " + MOST_RETRIES + "], was " + retries);
        }
        return new RetrySettings(retries, baseNanos, longestNanos, longestRetryAfterNanos, budget);
    }

    /**
     * These settings with other pauses.
     *
     * @param base longest first pause; each next one may be twice as long
     * @param longest pause of all, at least {@code base}
     */
    public RetrySettings backoff(Duration base, Duration longest) {
        if (requireNonNull(base, "base").isNegative()
                || requireNonNull(longest, "longest").compareTo(base) < 0) {
            throw new IllegalArgumentException(
                    "backoff must be at least 0 and at most its longest, was " + base + " and " + longest);
        }
        return new RetrySettings(
                maxRetries, CallLimits.nanos(base), CallLimits.nanos(longest), longestRetryAfterNanos, budget);
    }

    /**
     * These settings with another limit on what a server may ask for; a call that would have to wait longer fails at once.
     *
     * @param limit at least 0
     */
    public RetrySettings longestRetryAfter(Duration limit) {
        if (requireNonNull(limit, "limit").isNegative()) {
            throw new IllegalArgumentException("longestRetryAfter must be at least 0, was " + limit);
        }
        return new RetrySettings(maxRetries, baseNanos, longestNanos, CallLimits.nanos(limit), budget);
    }

    /**
     * These settings with another budget.
     *
     * @param share retries per call, in [0, 1]; ten retries more may be made at any time, but 0 allows none
     */
    public RetrySettings budget(double share) {
        return new RetrySettings(
                maxRetries, baseNanos, longestNanos, longestRetryAfterNanos, ShareBudget.requireShare(share));
    }

    int maxRetries() {
        return maxRetries;
    }

    long longestRetryAfterNanos() {
        return longestRetryAfterNanos;
    }

    double budget() {
        return budget;
    }

    /** The pause before a retry: uniform in [0, base * 2^retries], by the given random bits. */
    long backoffNanos(int retriesBefore, long draw) {
        long most = baseNanos > longestNanos >> Math.min(retriesBefore, MOST_RETRIES)
                ? longestNanos
                : baseNanos << retriesBefore;
        return Math.floorMod(draw, most + 1);
    }

    @Override
    public String toString() {
        return "RetrySettings[maxRetries=" + maxRetries + ", backoff=" + Duration.ofNanos(baseNanos) + " to "
                + Duration.ofNanos(longestNanos) + ", longestRetryAfter=" + Duration.ofNanos(longestRetryAfterNanos)
                + ", budget=" + budget + "]";
    }
}

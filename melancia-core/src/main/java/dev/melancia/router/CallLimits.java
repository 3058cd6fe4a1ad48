package dev.melancia.router;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How long a call may take. With limits on, a model runs on a worker thread, unless it was declared safe to interrupt, and
 * the caller waits no longer than it must, even for a model that ignores interrupts; {@link #none()} calls
 * models on the caller's own thread and waits for ever. Immutable.
 *
 * @since 0.1.0
 */
public final class CallLimits {

    private static final Duration ATTEMPT = Duration.ofMinutes(3);
    private static final Duration CALL = Duration.ofMinutes(6);
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);
    private static final CallLimits DEFAULTS = new CallLimits(ATTEMPT, CALL, ATTEMPT, IDLE);
    private static final CallLimits NONE = new CallLimits(FOR_EVER, FOR_EVER, FOR_EVER, FOR_EVER);

    private final Duration attempt;
    private final Duration call;
    private final Duration firstToken;
    private final Duration idle;

    private CallLimits(Duration attempt, Duration call, Duration firstToken, Duration idle) {
        this.attempt = attempt;
        this.call = call;
        this.firstToken = firstToken;
        this.idle = idle;
    }

    /** 3 minutes an attempt or until a stream's first piece, 1 minute between pieces, 6 minutes a call. */
    public static CallLimits defaults() {
        return DEFAULTS;
    }

    /** No limit at all. */
    public static CallLimits none() {
        return NONE;
    }

    /**
     * One attempt with an answer in one piece. Meanwhile a model that was declared safe to interrupt, as those of our
     * providers are, runs on the caller's own thread; with a host's executor, in a call that may hedge and after a wait in its
     * queue on a worker's, as others do.
     */
    public Duration attempt() {
        return attempt;
    }

    /** The whole call, its failed attempts and a whole stream included. */
    public Duration call() {
        return call;
    }

    /** From the start of an attempt to the first piece of its stream. */
    public Duration firstToken() {
        return firstToken;
    }

    /** Between two pieces of a stream. */
    public Duration idle() {
        return idle;
    }

    /**
     * These limits with another one for an attempt.
     *
     * @throws IllegalArgumentException when not positive
     */
    public CallLimits withAttempt(Duration limit) {
        return new CallLimits(requirePositive(limit, "attempt limit"), call, firstToken, idle);
    }

    /**
     * These limits with another one for the call.
     *
     * @throws IllegalArgumentException when not positive
     */
    public CallLimits withCall(Duration limit) {
        return new CallLimits(attempt, requirePositive(limit, "call limit"), firstToken, idle);
    }

    /**
     * These limits with another one until the first piece.
     *
     * @throws IllegalArgumentException when not positive
     */
    public CallLimits withFirstToken(Duration limit) {
        return new CallLimits(attempt, call, requirePositive(limit, "first-token limit"), idle);
    }

    /**
     * These limits with another one between pieces.
     *
     * @throws IllegalArgumentException when not positive
     */
    public CallLimits withIdle(Duration limit) {
        return new CallLimits(attempt, call, firstToken, requirePositive(limit, "idle limit"));
    }

    boolean isNone() {
        return this == NONE;
    }

    /** Nanoseconds, at most {@link Long#MAX_VALUE} / 2, so that a start time can be added. */
    static long nanos(Duration limit) {
        return limit.compareTo(Duration.ofNanos(Long.MAX_VALUE / 2)) >= 0 ? Long.MAX_VALUE / 2 : limit.toNanos();
    }

    private static Duration requirePositive(Duration limit, String name) {
        if (requireNonNull(limit, name).isNegative() || limit.isZero()) {
            throw new IllegalArgumentException(
                    name + " must be positive, was " + limit + "; CallLimits.none() turns" + " limits off");
        }
        return limit;
    }

    @Override
    public String toString() {
        return isNone()
                ? "CallLimits[none]"
                : "CallLimits[attempt=" + attempt + ", call=" + call + ", firstToken=" + firstToken + ", idle=" + idle
                        + "]";
    }
}

package dev.melancia.router;

import static java.util.Objects.requireNonNull;

import dev.melancia.routing.RateLimit;
import java.math.BigInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Lets calls begin at a {@link RateLimit}. Thread-safe, without locks and without a clock of its own.
 *
 * <p>Algorithm: the generic cell rate algorithm (ITU-T Recommendation I.371). Each call is due one interval, period / calls, after the
 * one before, or now if that is over; a call may begin up to burst - 1 intervals before it is due. An interval is seldom
 * whole nanoseconds: the part of one is carried along as so many calls-ths, and a call that comes with the first tick of the
 * clock after it was due is not late. So a run at full speed sees exactly the calls of each period, however long it is.
 */
final class RateLimiter {

    /** Enough to be for ever (73 years), little enough that sums of two stay right. */
    private static final long LONGEST_NANOS = 1L << 61;

    private final long calls;
    private final Due interval;
    private final Due lead;
    private final AtomicReference<Due> nextDue;

    RateLimiter(RateLimit limit, long nowNanos) {
        this.calls = limit.calls();
        this.interval = intervals(limit, 1);
        this.lead = intervals(limit, limit.burst() - 1L);
        this.nextDue = new AtomicReference<>(new Due(nowNanos, 0));
    }

    /** Whether a call may begin now; then it is counted. */
    boolean tryAcquire(long nowNanos) {
        while (true) {
            Due due = due();
            if (waitNanos(due, nowNanos) > 0) {
                return false;
            }
            Due from = due.ceiling() - nowNanos < 0 ? new Due(nowNanos, 0) : due;
            if (nextDue.compareAndSet(due, after(from))) {
                return true;
            }
        }
    }

    /** How long until a call may begin if none begins before; 0 when one may begin now. */
    long waitNanos(long nowNanos) {
        return waitNanos(due(), nowNanos);
    }

    /** How long until as many calls may begin at once as ever, if none begins before: it is then as good as a new one. */
    long restNanos(long nowNanos) {
        Due due = due();
        return Math.max(0, due.ceiling() - nowNanos);
    }

    private long waitNanos(Due due, long nowNanos) {
        long whole = due.nanos - lead.nanos - nowNanos;
        return Math.max(0, due.part > lead.part ? whole + 1 : whole);
    }

    private Due after(Due from) {
        long part = from.part + interval.part;
        boolean carry = part >= calls;
        return new Due(from.nanos + interval.nanos + (carry ? 1 : 0), carry ? part - calls : part);
    }

    private Due due() {
        return requireNonNull(nextDue.get(), "nextDue");
    }

    private static Due intervals(RateLimit limit, long count) {
        BigInteger[] wholeAndPart = BigInteger.valueOf(limit.period().toNanos())
                .multiply(BigInteger.valueOf(count))
                .divideAndRemainder(BigInteger.valueOf(limit.calls()));
        return wholeAndPart[0].bitLength() > 61
                ? new Due(LONGEST_NANOS, 0)
                : new Due(wholeAndPart[0].longValueExact(), wholeAndPart[1].longValueExact());
    }

    /**
     * A time, or a stretch of it.
     *
     * @param nanos whole ones
     * @param part of a nanosecond, in calls-ths, in [0, calls)
     */
    private record Due(long nanos, long part) {

        /** The first tick of the clock that is not before it. */
        long ceiling() {
            return part > 0 ? nanos + 1 : nanos;
        }
    }
}

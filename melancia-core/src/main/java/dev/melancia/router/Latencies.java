package dev.melancia.router;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * How long a model took lately: a histogram of the last one to two minutes in which it answered, in buckets of an eighth
 * of a power of two, so a quantile is at most 12.5 % too long. Thread-safe, without locks; an answer that ends while the
 * minute turns may be lost.
 */
final class Latencies {

    /** Too few answers to tell. */
    static final long UNKNOWN = -1;

    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int ENOUGH = 50;
    private static final int STEPS_SHIFT = 3;
    private static final int STEPS = 1 << STEPS_SHIFT;

    private volatile Windows windows;

    Latencies(long nowNanos) {
        this.windows = new Windows(new Counts(), new Counts(), nowNanos);
    }

    void took(long nanos, long nowNanos) {
        Windows now = windows;
        if (nowNanos - now.since >= WINDOW_NANOS) {
            now = now.next(nowNanos);
            windows = now;
        }
        now.current.add(bucket(Math.max(1, nanos)));
    }

    /**
     * The latency that this share of the answers did not exceed.
     *
     * @param quantile in (0, 1)
     */
    long quantileNanos(double quantile, long nowNanos) {
        Windows now = windows;
        long age = nowNanos - now.since;
        boolean both = age < WINDOW_NANOS;
        int answers = now.current.total() + (both ? now.previous.total() : 0);
        if (answers < ENOUGH || age >= 2 * WINDOW_NANOS) {
            return UNKNOWN;
        }
        long rank = (long) Math.ceil(quantile * answers);
        long seen = 0;
        for (int bucket = 0; bucket < Counts.BUCKETS; bucket++) {
            seen += now.current.of(bucket) + (both ? now.previous.of(bucket) : 0);
            if (seen >= rank) {
                return upperBound(bucket);
            }
        }
        return upperBound(Counts.BUCKETS - 1);
    }

    private static int bucket(long nanos) {
        int exponent = 63 - Long.numberOfLeadingZeros(nanos);
        int step =
                (int) ((exponent < STEPS_SHIFT ? nanos << (STEPS_SHIFT - exponent) : nanos >> (exponent - STEPS_SHIFT))
                        & (STEPS - 1));
        return exponent * STEPS + step;
    }

    private static long upperBound(int bucket) {
        int exponent = bucket / STEPS;
        double steps = STEPS + bucket % STEPS + 1;
        return (long) Math.scalb(steps, exponent - STEPS_SHIFT);
    }

    private record Windows(Counts current, Counts previous, long since) {

        Windows next(long nowNanos) {
            boolean stale = nowNanos - since >= 2 * WINDOW_NANOS;
            return new Windows(new Counts(), stale ? new Counts() : current, nowNanos);
        }
    }

    private static final class Counts {

        static final int BUCKETS = 64 * STEPS;

        private final AtomicIntegerArray counts = new AtomicIntegerArray(BUCKETS + 1);

        void add(int bucket) {
            counts.incrementAndGet(bucket);
            counts.incrementAndGet(BUCKETS);
        }

        int of(int bucket) {
            return counts.get(bucket);
        }

        int total() {
            return counts.get(BUCKETS);
        }
    }
}

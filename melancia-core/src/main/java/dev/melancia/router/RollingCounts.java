package dev.melancia.router;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts calls, failures and slow calls of the last while. Thread-safe, without locks.
 *
 * <p>The window is ten buckets in a ring. A slot packs the number of its bucket (upper 24 bits) and a count (lower 40): an
 * increment that finds an older bucket starts it anew. A call that went well costs one compare-and-set; sums are made only
 * when a call went badly.
 */
final class RollingCounts {

    private static final int BUCKETS = 10;
    private static final int COUNT_BITS = 40;
    private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;
    private static final long BUCKET_MASK = (1L << (Long.SIZE - COUNT_BITS)) - 1;

    private final long bucketNanos;
    private final long originNanos;
    private final AtomicLongArray calls = new AtomicLongArray(BUCKETS);
    private final AtomicLongArray failures = new AtomicLongArray(BUCKETS);
    private final AtomicLongArray slow = new AtomicLongArray(BUCKETS);

    RollingCounts(long windowNanos, long nowNanos) {
        this.bucketNanos = Math.max(1, windowNanos / BUCKETS);
        this.originNanos = nowNanos - bucketNanos; // the first bucket is 1: an untouched slot reads as bucket 0
    }

    /** The bucket of a moment: asked once for all that is counted or read at it, since it takes a division. */
    long bucket(long nowNanos) {
        return ((nowNanos - originNanos) / bucketNanos) & BUCKET_MASK;
    }

    void call(long bucket) {
        add(calls, bucket);
    }

    void failure(long bucket) {
        add(failures, bucket);
    }

    void slow(long bucket) {
        add(slow, bucket);
    }

    long calls(long newest) {
        return sum(calls, newest);
    }

    long failures(long newest) {
        return sum(failures, newest);
    }

    long slowCalls(long newest) {
        return sum(slow, newest);
    }

    private static void add(AtomicLongArray counts, long bucket) {
        int slot = (int) (bucket % BUCKETS);
        while (true) {
            long seen = counts.get(slot);
            long own = bucket << COUNT_BITS;
            long next = (seen & ~COUNT_MASK) == own ? seen + 1 : own + 1;
            if (counts.compareAndSet(slot, seen, next)) {
                return;
            }
        }
    }

    private static long sum(AtomicLongArray counts, long newest) {
        long sum = 0;
        for (int slot = 0; slot < BUCKETS; slot++) {
            long seen = counts.get(slot);
            long age = newest - (seen >>> COUNT_BITS);
            sum += age >= 0 && age < BUCKETS ? seen & COUNT_MASK : 0;
        }
        return sum;
    }
}

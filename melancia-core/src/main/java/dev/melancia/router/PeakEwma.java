package dev.melancia.router;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * How fast a model is now: a moving average of its latency that jumps up to a slow answer at once and comes down slowly,
 * with a time constant of ten seconds, whether or not the model is asked. Thread-safe, without locks.
 *
 * <p>Source: the peak EWMA load metric of Finagle.
 */
final class PeakEwma {

    static final long UNKNOWN = -1;

    private static final double TIME_CONSTANT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final AtomicReference<@Nullable Average> average = new AtomicReference<>();

    void took(long nanos, long nowNanos) {
        while (true) {
            Average before = average.get();
            if (average.compareAndSet(before, next(before, nanos, nowNanos))) {
                return;
            }
        }
    }

    private static Average next(@Nullable Average before, long nanos, long nowNanos) {
        if (before == null || nanos >= before.nanos) {
            return new Average(nanos, nowNanos);
        }
        double kept = kept(before, nowNanos);
        return new Average(Math.round(before.nanos * kept + nanos * (1 - kept)), nowNanos);
    }

    /**
     * Nanoseconds; {@link #UNKNOWN} before the first answer. It decays while nobody asks the model: one slow answer would
     * keep calls from it for ever.
     */
    long nanos(long nowNanos) {
        Average now = average.get();
        return now == null ? UNKNOWN : Math.round(now.nanos * kept(now, nowNanos));
    }

    /** What time has left of an average, in (0, 1]. */
    private static double kept(Average before, long nowNanos) {
        return Math.exp(-Math.max(0, nowNanos - before.at) / TIME_CONSTANT_NANOS);
    }

    private record Average(long nanos, long at) {}
}

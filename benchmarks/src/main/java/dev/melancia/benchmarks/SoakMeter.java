package dev.melancia.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** What a soak looks at from outside. */
final class SoakMeter {

    private static final long SETTLES_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long LOOK_EACH_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int COLLECTIONS = 3;

    /** Classes, compiled code's metadata and samples of the collector come and go in this order of size. */
    private static final long NOISE_BYTES = 2L << 20;

    private SoakMeter() {}

    static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    static long heapAfterCollection() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** What the value is when it is 0 or lower, or after ten seconds. */
    static long settled(LongSupplier value) {
        long end = System.nanoTime() + SETTLES_WITHIN_NANOS;
        while (value.getAsLong() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(LOOK_EACH_NANOS);
        }
        return value.getAsLong();
    }

    /** A complaint when the later half of the heaps is larger than the earlier half by more than noise. */
    static Optional<String> growth(List<Long> heaps) {
        int half = heaps.size() / 2;
        long earlier = least(heaps.subList(0, half));
        long later = least(heaps.subList(half, heaps.size()));
        return later - earlier <= NOISE_BYTES
                ? Optional.empty()
                : Optional.of("the heap after collection must not grow, grew from " + (earlier >> 10) + " to "
                        + (later >> 10) + " kB");
    }

    private static long least(List<Long> heaps) {
        return heaps.stream().mapToLong(Long::longValue).min().orElse(0);
    }
}

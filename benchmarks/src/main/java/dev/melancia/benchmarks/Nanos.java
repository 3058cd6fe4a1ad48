package dev.melancia.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** Durations, as many as it has room for, so that a percentile is exact. Confined to one thread. */
final class Nanos {

    private final long[] all;
    private int count;

    Nanos(int most) {
        this.all = new long[most];
        Arrays.fill(all, 1); // touches the pages now, not while it measures
    }

    /** Of no room: what is added is forgotten. */
    static Nanos forgotten() {
        return new Nanos(0);
    }

    void add(long nanos) {
        if (count < all.length) {
            all[count++] = nanos;
        }
    }

    int count() {
        return count;
    }

    /** The least that this share of them does not exceed, in microseconds. */
    double micros(double share) {
        long[] sorted = Arrays.copyOf(all, count);
        Arrays.sort(sorted);
        return count == 0 ? Double.NaN : sorted[Math.max(0, (int) Math.ceil(share * count) - 1)] / 1e3;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d: p50 %.2f us, p90 %.2f us, p99 %.2f us, p99.9 %.1f us, greatest %.0f us",
                count,
                micros(.5),
                micros(.9),
                micros(.99),
                micros(.999),
                micros(1));
    }
}

package dev.melancia.trace;

import dev.melancia.call.CallId;

/**
 * Which calls are traced: decided by the id alone, so that every process and the feedback that comes later decide the same.
 *
 * @param rate probability in [0, 1]
 */
record Sampling(double rate) {

    private static final double UNIT = 0x1.0p-53;
    private static final int UNUSED_BITS = 11;

    Sampling {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("sampling rate must be in [0, 1], was " + rate);
        }
    }

    boolean takes(CallId call) {
        return (mixed(call.leastSignificantBits() ^ call.mostSignificantBits()) >>> UNUSED_BITS) * UNIT < rate;
    }

    /** SplitMix64's finisher: ids of a version 7 UUID share most of their leading bits. */
    private static long mixed(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}

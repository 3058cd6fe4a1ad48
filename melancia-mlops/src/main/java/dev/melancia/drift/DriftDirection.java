package dev.melancia.drift;

import dev.melancia.stats.KolmogorovSmirnovResult;

/**
 * Where a metric's values went, seen from the baseline. Higher is slower for a latency and better for a quality score.
 *
 * @since 0.1.0
 */
public enum DriftDirection {
    /** Current values lie higher. */
    HIGHER("higher"),
    /** Current values lie lower. */
    LOWER("lower"),
    /** Some lie higher and some lower: spread or shape changed. */
    MIXED("in shape");

    private final String words;

    DriftDirection(String words) {
        this.words = words;
    }

    /** One-sided when the gap on the other side is at most half as large. */
    static DriftDirection of(KolmogorovSmirnovResult test) {
        if (test.secondLower() * 2 <= test.secondHigher()) {
            return HIGHER;
        }
        return test.secondHigher() * 2 <= test.secondLower() ? LOWER : MIXED;
    }

    /** As it reads after "drifted". */
    String words() {
        return words;
    }
}

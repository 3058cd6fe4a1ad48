package dev.melancia.similarity;

import java.util.Map;

/**
 * How much a shared stem or trigram says, by the share of sentences that hold it: ln((n + 1) / (df + 0.5)), the inverse
 * document frequency of Sparck Jones (1972, <a href="https://doi.org/10.1108/eb026526">doi</a>). Immutable.
 *
 * <p>For the maintainer. A frequency is one byte in a bucket of a hash table: 0 for what no sentence holds, else 1 + 16
 * times its natural logarithm, rounded. Two items that fall into one bucket share the larger frequency.
 */
final class Rarity {

    private static final int LEVELS = 256;
    private static final double LEVELS_PER_UNIT = 16;
    /** What every sentence holds still counts a little, so that no text weighs nothing. */
    private static final double LEAST = .05;

    private final byte[] buckets;
    private final double[] weights = new double[LEVELS];

    /**
     * From levels as {@link #levels} gives them.
     *
     * @param buckets their number is a power of two
     */
    Rarity(int sentences, byte[] buckets) {
        this.buckets = buckets.clone();
        weights[0] = StrictMath.log((sentences + 1) / .5);
        for (int level = 1; level < LEVELS; level++) {
            double frequency = StrictMath.exp((level - 1) / LEVELS_PER_UNIT);
            weights[level] = Math.max(LEAST, StrictMath.log((sentences + 1) / (frequency + .5)));
        }
    }

    /** The levels of a table of frequencies, each at least 1. */
    static byte[] levels(Map<String, Integer> frequencies, int buckets) {
        byte[] levels = new byte[buckets];
        frequencies.forEach((item, frequency) -> {
            int bucket = bucket(item, buckets);
            long level = 1 + Math.round(LEVELS_PER_UNIT * StrictMath.log(frequency));
            levels[bucket] = (byte) Math.max(levels[bucket] & 0xFF, Math.min(LEVELS - 1, level));
        });
        return levels;
    }

    double of(String item) {
        return weights[buckets[bucket(item, buckets.length)] & 0xFF];
    }

    private static int bucket(String item, int buckets) {
        int hash = item.hashCode() * 0x9E3779B1;
        return (hash ^ hash >>> 15) & (buckets - 1);
    }
}

package dev.melancia.flags;

import static java.util.Objects.requireNonNull;

/**
 * Puts a key into one of {@code totalWeight} buckets with the arithmetic of flagd's fractional operator, version 2, so that
 * any process in any language gives the same answer:
 * {@code (unsigned(murmur3_x86_32(utf8(splitId + key), seed 0)) * totalWeight) >>> 32}.
 *
 * <p>Where one split is asked often, {@link Split} keeps the hashed split id and the weights. Not for security: murmur3 is
 * not a keyed hash, so whoever picks the key picks the bucket. Stateless.
 *
 * @see <a href="https://flagd.dev/reference/custom-operations/fractional-operation/">flagd, fractional operation</a>
 * @since 0.1.0
 */
public final class Bucketing {

    /** Weights of a percentage add up to this, so a percentage is exact to one hundredth of a percent. */
    public static final int PERCENTAGE_SCALE = 10_000;

    private Bucketing() {}

    /**
     * Bucket of a key, in [0, totalWeight).
     *
     * @param splitId names the split; two splits with different ids are independent; not empty
     * @param key who or what is placed, usually a user id; any text, hashed as UTF-8
     * @param totalWeight number of buckets, at least 1
     * @throws IllegalArgumentException when the split id is malformed or {@code totalWeight} is below 1
     */
    public static int bucket(String splitId, String key, int totalWeight) {
        if (totalWeight < 1) {
            throw new IllegalArgumentException("totalWeight must be at least 1, was " + totalWeight);
        }
        return scale(prefix(splitId).hash(requireNonNull(key, "key")), totalWeight);
    }

    /**
     * The two integer weights of a percentage: {@code [round(10000 p), 10000 - round(10000 p)]}.
     *
     * @param p share of the first arm, in [0, 1]
     * @throws IllegalArgumentException when {@code p} is NaN or outside [0, 1]
     */
    public static int[] weights(double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("percentage must be in [0, 1], was " + p
                    + (p > 1 && p <= 100 ? "; write it as a share: " + p / 100 : ""));
        }
        int first = (int) Math.round(PERCENTAGE_SCALE * p);
        return new int[] {first, PERCENTAGE_SCALE - first};
    }

    static int scale(int hash, int totalWeight) {
        return (int) (((hash & 0xFFFF_FFFFL) * totalWeight) >>> 32);
    }

    static Murmur3Prefix prefix(String splitId) {
        requireNonNull(splitId, "splitId");
        if (splitId.isEmpty()) {
            throw new IllegalArgumentException("split id must not be empty: splits without an id would all agree");
        }
        if (Character.isHighSurrogate(splitId.charAt(splitId.length() - 1))) {
            throw new IllegalArgumentException("split id must not end in half a character (an unpaired surrogate)");
        }
        return Murmur3Prefix.of(splitId);
    }
}

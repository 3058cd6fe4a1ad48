package dev.melancia.flags;

import static java.util.Objects.requireNonNull;

/**
 * Divides keys, usually user ids, over weighted arms so that a key stays on its arm. A split keeps its id when the policy
 * around it gets a new version: the id is part of what is hashed, so a new id deals all users anew. Raising the share of the
 * first arm only moves keys into it, never out of it.
 *
 * <p>Immutable and thread-safe; one placement allocates the UTF-8 bytes of the key and nothing else.
 *
 * @see Bucketing
 * @since 0.1.0
 */
public final class Split {

    private final String id;
    private final Murmur3Prefix prefix;
    private final int[] ends;

    private Split(String id, Murmur3Prefix prefix, int[] ends) {
        this.id = id;
        this.prefix = prefix;
        this.ends = ends;
    }

    /**
     * A split in two: arm 0 with share {@code p}, arm 1 with the rest; {@code p} counts in steps of 0.0001.
     *
     * @param p share of arm 0, in [0, 1]
     * @throws IllegalArgumentException when {@code p} is NaN or outside [0, 1], or the id is malformed
     */
    public static Split of(String id, double p) {
        Murmur3Prefix prefix = Bucketing.prefix(id);
        try {
            return weighted(id, prefix, Bucketing.weights(p));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("split \"" + id + "\": " + e.getMessage(), e);
        }
    }

    /**
     * A split in as many arms as there are weights, in their order.
     *
     * @param weights each at least 0, their sum in [1, 2147483647]
     * @throws IllegalArgumentException when a weight or the sum is out of range, or the id is malformed
     */
    public static Split ofWeights(String id, int... weights) {
        return weighted(id, Bucketing.prefix(id), weights);
    }

    private static Split weighted(String id, Murmur3Prefix prefix, int[] weights) {
        int[] ends = new int[weights.length];
        long sum = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] < 0) {
                throw new IllegalArgumentException(
                        "split \"" + id + "\": weight " + i + " must be at least 0, was " + weights[i]);
            }
            sum += weights[i];
            ends[i] = (int) Math.min(sum, Integer.MAX_VALUE);
        }
        if (sum < 1 || sum > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "split \"" + id + "\": sum of weights must be in [1, 2147483647], was " + sum);
        }
        return new Split(id, prefix, ends);
    }

    public String id() {
        return id;
    }

    /** Sum of the weights: the number of buckets. */
    public int totalWeight() {
        return ends[ends.length - 1];
    }

    /** Number of arms, counting those of weight 0. */
    public int arms() {
        return ends.length;
    }

    /**
     * Weight of an arm, out of {@link #totalWeight()}.
     *
     * @param arm from 0
     * @throws IndexOutOfBoundsException when there is no such arm
     */
    public int weight(int arm) {
        return arm == 0 ? ends[0] : ends[arm] - ends[arm - 1];
    }

    /** Bucket of a key, in [0, {@link #totalWeight()}). */
    public int bucket(String key) {
        return Bucketing.scale(prefix.hash(requireNonNull(key, "key")), totalWeight());
    }

    /**
     * Bucket of a random number, in [0, {@link #totalWeight()}), for a request that has no key. The same draw gives the same
     * bucket, so a recorded draw replays; two splits asked with one draw are independent.
     */
    public int bucketOfDraw(long draw) {
        return Bucketing.scale(prefix.hash(draw), totalWeight());
    }

    /** Arm of a key, from 0. */
    public int arm(String key) {
        return armOfBucket(bucket(key));
    }

    /** Arm of a random number, from 0, for a request that has no key. */
    public int armOfDraw(long draw) {
        return armOfBucket(bucketOfDraw(draw));
    }

    /**
     * Arm that a bucket belongs to, from 0.
     *
     * @throws IllegalArgumentException when the bucket is not in [0, {@link #totalWeight()})
     */
    public int armOfBucket(int bucket) {
        if (bucket < 0 || bucket >= totalWeight()) {
            throw new IllegalArgumentException(
                    "split \"" + id + "\": bucket must be in [0, " + totalWeight() + "), was " + bucket);
        }
        int arm = 0;
        while (bucket >= ends[arm]) {
            arm++;
        }
        return arm;
    }

    /** The split as people read it: {@code hybrid[8000/10000, 2000/10000]}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(id).append('[');
        for (int i = 0; i < ends.length; i++) {
            text.append(i == 0 ? "" : ", ").append(weight(i)).append('/').append(totalWeight());
        }
        return text.append(']').toString();
    }
}

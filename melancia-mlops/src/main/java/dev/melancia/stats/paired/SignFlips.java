package dev.melancia.stats.paired;

import dev.melancia.stats.Interval;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Flips the signs of the differences in all ways, or in many random ones: the p-value of "no difference", and the interval
 * of the shifts that the same test does not reject.
 *
 * <p>If neither subject is better, each unit's difference (a question's, or a cluster's sum) is as likely with the other
 * sign. {@code p} is the share of flips with {@code |sum of s_g S_g| >= |sum of S_g|}: over all {@code 2^G} flips, or {@code (b
 * + 1) / (m + 1)} over m random ones (Phipson and Smyth 2010, doi:10.2202/1544-6115.1585). Units without a difference
 * change no sum, so p is exact where at most {@value #EXACT_UNITS} units differ.
 *
 * <p>The interval inverts the test: a flip's sum of {@code S_g - n_g delta} reaches the observed one exactly where delta is
 * the mean over the flipped units, so its ends are order statistics of the means over subsets (Hartigan 1969,
 * doi:10.1080/01621459.1969.10501057). So p is below alpha where the interval of level 1 - alpha leaves out 0, and not elsewhere.
 *
 * <p>Units are put in an order of their own and the sign is taken such that the sums compare largest first, so neither
 * the order of the questions nor which subject is first changes the result. Confined to one thread.
 */
final class SignFlips {

    static final int RANDOM_FLIPS = 49_999;
    static final int EXACT_UNITS = 16;
    private static final double ROUNDING = 1e-12;

    private final double[] sums;
    private final int[] sizes;
    private final boolean reversed;
    private final long seed;
    private final double total;
    private final int size;
    private final double tolerance;

    SignFlips(double[] unitSums, int[] unitSizes, long seed) {
        reversed = compareReversed(unitSums) < 0;
        double sign = reversed ? -1 : 1;
        int[] order = IntStream.range(0, unitSums.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> Math.abs(unitSums[i]))
                        .thenComparingInt(i -> unitSizes[i])
                        .thenComparingDouble(i -> sign * unitSums[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        sums = Arrays.stream(order).mapToDouble(i -> sign * unitSums[i]).toArray();
        sizes = Arrays.stream(order).map(i -> unitSizes[i]).toArray();
        this.seed = seed;
        total = Arrays.stream(sums).sum();
        size = Arrays.stream(sizes).sum();
        tolerance = ROUNDING * Arrays.stream(sums).map(Math::abs).sum();
    }

    /** Which of the sums and their negatives is larger, compared from the largest down. */
    private static int compareReversed(double[] unitSums) {
        double[] ascending = unitSums.clone();
        Arrays.sort(ascending);
        for (int i = 0; i < ascending.length; i++) {
            int compared = Double.compare(ascending[ascending.length - 1 - i] + 0.0, -ascending[i] + 0.0);
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }

    boolean exact() {
        return differing() <= EXACT_UNITS;
    }

    private int differing() {
        return (int) Arrays.stream(sums).filter(sum -> sum != 0).count();
    }

    /** In (0, 1]. */
    double pValue() {
        if (exact()) {
            int differing = differing();
            // Units without a difference come first.
            double[] nonZero = Arrays.copyOfRange(sums, sums.length - differing, sums.length);
            SubsetSums subsets = new SubsetSums(nonZero, new int[differing]);
            int hits = 0;
            for (int flip = 0; flip < 1 << differing; flip++) {
                subsets.choose(flip);
                hits += reaches(subsets.sum());
            }
            return hits / (double) (1 << differing);
        }
        SubsetSums subsets = new SubsetSums(sums, sizes);
        SplittableRandom random = new SplittableRandom(seed);
        int hits = 0;
        for (int flip = 0; flip < RANDOM_FLIPS; flip++) {
            subsets.draw(random);
            hits += reaches(subsets.sum());
        }
        return (hits + 1.0) / (RANDOM_FLIPS + 1.0);
    }

    /** 1 where the flip of a subset with this sum is at least as far from 0 as the observed sum. */
    private int reaches(double subset) {
        return Math.abs(total - 2 * subset) >= Math.abs(total) - tolerance ? 1 : 0;
    }

    /** The interval of the mean difference; empty when there are too few units for the level. */
    Optional<Interval> interval(double level) {
        double[] means = sums.length <= EXACT_UNITS ? allMeans() : randomMeans();
        Arrays.sort(means);
        int rank = (int) Math.floor((1 - level) / 2 * (means.length + 1) + ROUNDING);
        if (rank < 1) {
            return Optional.empty();
        }
        double low = means[rank - 1];
        double high = means[means.length - rank];
        return Optional.of(reversed ? new Interval(-high, -low, level) : new Interval(low, high, level));
    }

    private double[] allMeans() {
        SubsetSums subsets = new SubsetSums(sums, sizes);
        double[] means = new double[(1 << sums.length) - 1];
        for (int flip = 1; flip <= means.length; flip++) {
            subsets.choose(flip);
            means[flip - 1] = subsets.sum() / subsets.size();
        }
        return means;
    }

    /** Of each random subset its mean and that of the rest, which is the flip the other way round. */
    private double[] randomMeans() {
        SubsetSums subsets = new SubsetSums(sums, sizes);
        SplittableRandom random = new SplittableRandom(seed);
        double[] means = new double[2 * RANDOM_FLIPS];
        int kept = 0;
        for (int flip = 0; flip < RANDOM_FLIPS; flip++) {
            subsets.draw(random);
            int taken = subsets.size();
            if (taken > 0 && taken < size) {
                means[kept++] = subsets.sum() / taken;
                means[kept++] = (total - subsets.sum()) / (size - taken);
            }
        }
        return Arrays.copyOf(means, kept);
    }
}

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
 * the order of the questions nor which subject is first changes the result. Immutable.
 */
final class SignFlips {

    static final int RANDOM_FLIPS = 19_999;
    static final int EXACT_UNITS = 16;
    private static final double ROUNDING = 1e-12;

    private final boolean reversed;
    private final double[] sums;
    private final int[] sizes;
    private final double total;
    private final double tolerance;
    private final int differingUnits;
    private final double pValue;
    private final double[] means;

    SignFlips(double[] unitSums, int[] unitSizes, long seed) {
        reversed = isReversed(unitSums);
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
        total = Arrays.stream(sums).sum();
        tolerance = ROUNDING * Arrays.stream(sums).map(Math::abs).sum();
        double[] differing = Arrays.stream(sums).filter(sum -> sum != 0).toArray();
        differingUnits = differing.length;
        int[] hits = new int[1];
        means = sums.length <= EXACT_UNITS ? allMeans() : randomMeans(seed, hits);
        pValue = exact() ? exactPValue(differing) : (hits[0] + 1.0) / (RANDOM_FLIPS + 1.0);
    }

    /** Whether the negatives of the sums compare larger than the sums, from the largest down. */
    private static boolean isReversed(double[] unitSums) {
        double[] ascending = unitSums.clone();
        Arrays.sort(ascending);
        for (int i = 0; i < ascending.length; i++) {
            double compared = ascending[ascending.length - 1 - i] + ascending[i];
            if (compared != 0) {
                return compared < 0;
            }
        }
        return false;
    }

    private double exactPValue(double[] differing) {
        SubsetSums subsets = new SubsetSums(differing, new int[differing.length]);
        int flips = 1 << differing.length;
        int hits = 0;
        for (int flip = 0; flip < flips; flip++) {
            subsets.choose(flip);
            hits += reaches(subsets.sum());
        }
        return hits / (double) flips;
    }

    /** 1 where the flip of a subset with this sum is at least as far from 0 as the observed sum. */
    private int reaches(double subset) {
        return Math.abs(total - 2 * subset) >= Math.abs(total) - tolerance ? 1 : 0;
    }

    private double[] allMeans() {
        SubsetSums subsets = new SubsetSums(sums, sizes);
        double[] all = new double[(1 << sums.length) - 1];
        for (int flip = 1; flip <= all.length; flip++) {
            subsets.choose(flip);
            all[flip - 1] = subsets.sum() / subsets.size();
        }
        return all;
    }

    /** Of each random subset its mean and that of the rest, which is the flip the other way round. */
    private double[] randomMeans(long seed, int[] hits) {
        SubsetSums subsets = new SubsetSums(sums, sizes);
        SplittableRandom random = new SplittableRandom(seed);
        int size = Arrays.stream(sizes).sum();
        double[] found = new double[2 * RANDOM_FLIPS];
        int kept = 0;
        for (int flip = 0; flip < RANDOM_FLIPS; flip++) {
            subsets.draw(random);
            hits[0] += reaches(subsets.sum());
            int taken = subsets.size();
            if (taken > 0 && taken < size) {
                found[kept++] = subsets.sum() / taken;
                found[kept++] = (total - subsets.sum()) / (size - taken);
            }
        }
        return Arrays.copyOf(found, kept);
    }

    /** Whether the p-value is over all flips. */
    boolean exact() {
        return differingUnits <= EXACT_UNITS;
    }

    /** Units with a difference. */
    int differing() {
        return differingUnits;
    }

    /** In (0, 1]. */
    double pValue() {
        return pValue;
    }

    /** The interval of the mean difference; empty when there are too few units for the level. */
    Optional<Interval> interval(double level) {
        int rank = (int) Math.floor((1 - level) / 2 * (means.length + 1) + ROUNDING);
        if (rank < 1) {
            return Optional.empty();
        }
        double[] selected = means.clone();
        double low = Selection.select(selected, rank - 1);
        double high = Selection.select(selected, selected.length - rank);
        return Optional.of(reversed ? new Interval(-high, -low, level) : new Interval(low, high, level));
    }
}

package dev.melancia.stats;

import static java.util.Objects.requireNonNull;

import dev.melancia.stats.KolmogorovSmirnovResult.Method;
import java.util.random.RandomGenerator;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.apache.commons.statistics.inference.PValueMethod;

/**
 * The two-sample Kolmogorov-Smirnov test: do two samples come from one distribution? Two-sided; sees changes of place,
 * spread and shape. Right for tied values (token counts, ratings, pass or fail), where the usual exact p-value is not.
 *
 * <p>{@code D = max over v of |F1(v) - F2(v)|}, F the share of a sample at or below v; computed in integers, so exact.
 * Assumes that the values are independent and the samples not chosen by looking at them; a series of calls under
 * changing load is not quite so, and then p is too small: read it with an effect size. At least 2 values a side; with
 * equal sizes no p under .05 is possible below 4 against 4. Not for paired values, and not for reading again and again
 * until it turns significant.
 *
 * <p>The p-value, first rule that applies:
 *
 * <ol>
 *   <li>no ties, both sizes below 10,000: exact (commons-statistics);
 *   <li>up to 50 million lattice cells: exact over all deals of the pooled values, ties included (Schröer and Trenkler
 *       1995, <a href="https://doi.org/10.1016/0167-9473(94)00040-P">doi</a>);
 *   <li>ties, and at most 100 million random steps: {@value #PERMUTATIONS} random deals, unless the limit formula, which
 *       ties can only make too large, is already below what they can show;
 *   <li>the limit for large samples, {@code Q(D sqrt(mn / (m + n)))} with {@code Q(z) = 2 sum (-1)^(k-1) exp(-2 k^2
 *       z^2)} (Smirnov 1948, <a href="https://doi.org/10.1214/aoms/1177730256">doi</a>).
 * </ol>
 *
 * <p>Time {@code O(m + n)} beyond the p-value. Stateless.
 *
 * @since 0.1.0
 */
public final class KolmogorovSmirnov {

    /** Random deals of {@link #test}, if it needs any: {@value}. */
    public static final int PERMUTATIONS = 1_999;

    private static final int SMALLEST_SAMPLE = 2;
    private static final int EXACT_SIZE_LIMIT = 10_000;
    private static final double CELL_LIMIT = 5e7;
    private static final double STEP_LIMIT = 1e8;

    private KolmogorovSmirnov() {}

    /**
     * The test, with the most exact p-value that is affordable.
     *
     * @param first at least 2 values
     * @param second at least 2 values
     * @param random used for large tied samples only; seed it, so that a result can be repeated
     * @throws IllegalArgumentException if a sample is too small
     */
    public static KolmogorovSmirnovResult test(Sample first, Sample second, RandomGenerator random) {
        requireNonNull(random, "random");
        KsDistance distance = distance(first, second);
        if (!distance.tied() && Math.max(first.size(), second.size()) < EXACT_SIZE_LIMIT) {
            return result(distance, Method.EXACT, untiedExact(first, second));
        }
        int[] groupEnds = distance.groupEnds(first, second);
        TiedPaths paths = new TiedPaths(distance, groupEnds);
        if (paths.cells() <= CELL_LIMIT) {
            return result(distance, distance.tied() ? Method.EXACT_WITH_TIES : Method.EXACT, paths.tailProbability());
        }
        double limit = asymptotic(distance);
        boolean affordable = (double) distance.pooledSize() * PERMUTATIONS <= STEP_LIMIT;
        if (distance.tied() && affordable && limit > 1.0 / (PERMUTATIONS + 1)) {
            double p = new RandomDeals(distance, groupEnds, random).tailProbability(PERMUTATIONS);
            return new KolmogorovSmirnovResult(distance, Method.PERMUTATION, p, PERMUTATIONS);
        }
        return result(distance, Method.ASYMPTOTIC, limit);
    }

    /** As {@link #test(Sample, Sample, RandomGenerator)}, for plain arrays in any order. */
    public static KolmogorovSmirnovResult test(double[] first, double[] second, RandomGenerator random) {
        return test(Sample.named("first", first), Sample.named("second", second), random);
    }

    /**
     * The test with a p-value from random deals of the pooled values: {@code (b + 1) / (B + 1)}, b of the B deals with a D
     * at least as large (Phipson and Smyth 2010, <a href="https://doi.org/10.2202/1544-6115.1585">doi</a>). Valid with
     * ties and without. Its smallest value is {@code 1 / (B + 1)}, its standard error {@code sqrt(p (1 - p) / B)}; prefer
     * {@link #test}, which needs it only for large samples. Time {@code O(B (m + n))}.
     *
     * @param permutations B, at least 1
     * @param random seed it, so that a result can be repeated
     */
    static KolmogorovSmirnovResult permutationTest(
            Sample first, Sample second, int permutations, RandomGenerator random) {
        requireNonNull(random, "random");
        if (permutations < 1) {
            throw new IllegalArgumentException("permutations must be at least 1, was " + permutations);
        }
        KsDistance distance = distance(first, second);
        RandomDeals deals = new RandomDeals(distance, distance.groupEnds(first, second), random);
        return new KolmogorovSmirnovResult(
                distance, Method.PERMUTATION, deals.tailProbability(permutations), permutations);
    }

    /** D alone, in [0, 1]. */
    public static double statistic(Sample first, Sample second) {
        KsDistance distance = distance(first, second);
        return distance.largest() / distance.pairs();
    }

    /** The limit law's tail, in [0, 1]. The series converges within a few terms where it is used (z over .2). */
    static double asymptotic(KsDistance distance) {
        double d = distance.largest() / distance.pairs();
        double z2 = d * d * distance.pairs() / distance.pooledSize();
        if (z2 < 0.04) {
            return 1;
        }
        double sum = 0;
        for (int k = 1; k <= 20; k++) {
            sum += (k % 2 == 0 ? -2 : 2) * Math.exp(-2.0 * k * k * z2);
        }
        return Math.max(0, Math.min(1, sum));
    }

    private static double untiedExact(Sample first, Sample second) {
        return KolmogorovSmirnovTest.withDefaults()
                .with(PValueMethod.EXACT)
                .test(first.sorted(), second.sorted())
                .getPValue();
    }

    private static KsDistance distance(Sample first, Sample second) {
        requireSize(requireNonNull(first, "first"), "first");
        requireSize(requireNonNull(second, "second"), "second");
        return KsDistance.between(first, second);
    }

    private static void requireSize(Sample sample, String name) {
        if (sample.size() < SMALLEST_SAMPLE) {
            throw new IllegalArgumentException(
                    name + " must hold at least " + SMALLEST_SAMPLE + " values, was " + sample.size());
        }
    }

    private static KolmogorovSmirnovResult result(KsDistance distance, Method method, double pValue) {
        return new KolmogorovSmirnovResult(distance, method, pValue, 0);
    }
}

package dev.melancia.stats;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The bias-corrected and accelerated (BCa) bootstrap interval of any statistic of independent units, such as a difference
 * of correlations over questions or of areas under curves over documents. Stateless.
 *
 * <p>From {@value #RESAMPLES} resamples of the units with replacement: {@code z0} the normal quantile of the share of
 * replicates below the estimate (ties count half), {@code a = sum d³ / (6 (sum d²)^1.5)} with d the jackknife values'
 * distances below their mean; the ends are the replicates' quantiles (type 7) at {@code Φ(z0 + (z0 + z) / (1 - a (z0 + z)))}, z
 * the normal quantiles of the level. Assumes a statistic that is smooth in the weights of the units: not for a median,
 * a maximum or a p-value. Below some fifty units it covers less than it says (measured for means: docs/statistics.md); for
 * a mean take {@link MeanInterval}. Not below {@value #LEAST_UNITS} units. Source: Efron 1987, <a
 * href="https://doi.org/10.1080/01621459.1987.10478410">doi</a>.
 *
 * @since 0.1.0
 */
public final class Bootstrap {

    /** Resamples of {@link #bca}: {@value}. */
    public static final int RESAMPLES = 10_000;

    /** The fewest units of {@link #bca}: {@value}. */
    public static final int LEAST_UNITS = 8;

    private Bootstrap() {}

    /**
     * The interval; empty below {@value #LEAST_UNITS} units, when all replicates are equal, and when the statistic is NaN
     * for more than one resample in a hundred (such resamples are left out). Time: {@value #RESAMPLES} + units evaluations.
     *
     * @param units how many independent units there are
     * @param statistic from the numbers of the chosen units, each in [0, units), some of them repeated; NaN where it has no
     *     value. The array is shared between calls: it must not be kept or changed
     * @param level confidence level in (0, 1)
     * @param seed the same seed gives the same interval
     */
    public static Optional<Interval> bca(int units, ToDoubleFunction<int[]> statistic, double level, long seed) {
        requireNonNull(statistic, "statistic");
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level must be in (0, 1), was " + level);
        }
        if (units < LEAST_UNITS) {
            return Optional.empty();
        }
        int[] all = new int[units];
        Arrays.setAll(all, i -> i);
        double estimate = statistic.applyAsDouble(all);
        double[] replicates = replicates(units, statistic, seed);
        if (Double.isNaN(estimate)
                || replicates.length < RESAMPLES - RESAMPLES / 100
                || replicates[0] == replicates[replicates.length - 1]) {
            return Optional.empty();
        }
        double acceleration = acceleration(units, statistic);
        double bias = bias(replicates, estimate);
        Sample sample = Sample.of(replicates);
        double z = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - level) / 2);
        double low = sample.quantile(corrected(-z, bias, acceleration));
        double high = sample.quantile(corrected(z, bias, acceleration));
        return Optional.of(new Interval(Math.min(low, high), Math.max(low, high), level));
    }

    private static double[] replicates(int units, ToDoubleFunction<int[]> statistic, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] replicates = new double[RESAMPLES];
        int[] chosen = new int[units];
        int kept = 0;
        for (int b = 0; b < RESAMPLES; b++) {
            for (int i = 0; i < units; i++) {
                chosen[i] = random.nextInt(units);
            }
            double replicate = statistic.applyAsDouble(chosen);
            if (!Double.isNaN(replicate)) {
                replicates[kept++] = replicate;
            }
        }
        double[] sorted = Arrays.copyOf(replicates, kept);
        Arrays.sort(sorted);
        return sorted;
    }

    private static double bias(double[] sorted, double estimate) {
        double below = 0;
        for (double replicate : sorted) {
            below += replicate < estimate ? 1 : replicate == estimate ? 0.5 : 0;
        }
        double share = Math.max(0.5, Math.min(sorted.length - 0.5, below)) / sorted.length;
        return NormalDistribution.of(0, 1).inverseCumulativeProbability(share);
    }

    /** 0 where a jackknife value has none, or all are equal. */
    private static double acceleration(int units, ToDoubleFunction<int[]> statistic) {
        double[] without = new double[units];
        int[] others = new int[units - 1];
        for (int left = 0; left < units; left++) {
            for (int i = 0; i < others.length; i++) {
                others[i] = i < left ? i : i + 1;
            }
            without[left] = statistic.applyAsDouble(others);
        }
        double mean = Arrays.stream(without).average().orElseThrow();
        double squares = 0;
        double cubes = 0;
        for (double value : without) {
            double d = mean - value;
            squares += d * d;
            cubes += d * d * d;
        }
        double acceleration = cubes / (6 * squares * Math.sqrt(squares));
        return Double.isFinite(acceleration) ? acceleration : 0;
    }

    private static double corrected(double z, double bias, double acceleration) {
        double shifted = bias + z;
        return NormalDistribution.of(0, 1)
                .cumulativeProbability(bias + shifted / Math.max(1e-9, 1 - acceleration * shifted));
    }
}

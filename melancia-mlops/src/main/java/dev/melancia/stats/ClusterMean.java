package dev.melancia.stats;

import java.util.OptionalDouble;

/**
 * The mean of values that come in clusters, its variance and the degrees of freedom of that variance. A value alone is a
 * cluster of one: then the variance is {@code s²/n} and the degrees of freedom {@code n - 1}. Confined to one thread.
 *
 * <p>With clusters g of size n_g, N values, mean m and {@code E_g = sum over g of (y - m)}: {@code V = sum E_g² / (1 - n_g/N)
 * / N²}, the bias-reduced (CR2) variance of Bell and McCaffrey 2002, Survey Methodology 28(2), 169-181, for a regression on
 * nothing but the mean. With clusters of one size it is exactly the variance of the cluster means over their number, so
 * that the interval is the t interval of the cluster means. Degrees of freedom after Satterthwaite, {@code tr(WC)² /
 * tr(WCWC)}, W the weights {@code 1 / (1 - n_g/N)} and C the covariance of the E_g when members of a cluster correlate by
 * rho, which is estimated from the analysis of variance (Imbens and Kolesár 2016, doi:10.1162/REST_a_00552). C is a
 * diagonal plus products, so the traces cost O(G).
 */
final class ClusterMean {

    private static final double DECILE = 0.1;
    private static final double DECILE_NORMAL_QUANTILE = 1.2815515655446004;

    private final double[] values;
    private final int[] clusters;
    private final int[] sizes;
    private final double[] sums;
    private final double mean;

    ClusterMean(Measurements measurements) {
        values = measurements.values();
        clusters = measurements.clusters();
        sizes = new int[measurements.clusterCount()];
        sums = new double[sizes.length];
        double shift = values.length == 0 ? 0 : values[0];
        for (int i = 0; i < values.length; i++) {
            sizes[clusters[i]]++;
            sums[clusters[i]] += values[i] - shift;
        }
        double total = 0;
        for (double sum : sums) {
            total += sum;
        }
        mean = shift + total / Math.max(1, values.length);
        for (int g = 0; g < sums.length; g++) {
            sums[g] += sizes[g] * (shift - mean);
        }
    }

    double mean() {
        return mean;
    }

    int count() {
        return sizes.length;
    }

    /** Variance of the mean. At least two clusters. */
    double variance() {
        double n = values.length;
        double sum = 0;
        for (int g = 0; g < sums.length; g++) {
            sum += sums[g] * sums[g] / (1 - sizes[g] / n);
        }
        return sum / (n * n);
    }

    /** Skewness of the E_g, {@code m3 / m2^1.5} with moments over the number of clusters; 0 without spread. */
    double skewness() {
        double squares = 0;
        double cubes = 0;
        for (double sum : sums) {
            squares += sum * sum;
            cubes += sum * sum * sum;
        }
        double second = squares / sums.length;
        return second == 0 ? 0 : cubes / sums.length / (second * Math.sqrt(second));
    }

    /**
     * The skewness that a log-normal law with the deciles of the E_g would have, at least 0; empty when two deciles
     * coincide. The skewness of the sample itself will not do: it is small exactly where the tail happens to be missing.
     */
    OptionalDouble skewnessOfDeciles() {
        Sample sample = Sample.of(sums);
        double upper = sample.quantile(1 - DECILE) - sample.median();
        double lower = sample.median() - sample.quantile(DECILE);
        if (!(upper > 0 && lower > 0)) {
            return OptionalDouble.empty();
        }
        double sigma = Math.log(upper / lower) / DECILE_NORMAL_QUANTILE;
        double growth = Math.exp(sigma * sigma);
        return OptionalDouble.of((growth + 2) * Math.sqrt(growth - 1));
    }

    /** In [1, clusters - 1]. At least two clusters. */
    double degreesOfFreedom() {
        double n = values.length;
        double rho = correlationWithin();
        double all = 0;
        for (int size : sizes) {
            all += size * (1 + (size - 1) * rho);
        }
        double trace = 0;
        double aa = 0;
        double ab = 0;
        double bb = 0;
        double diagonal = 0;
        for (int size : sizes) {
            double a = size / n;
            double b = size * (1 + (size - 1) * rho);
            double w = 1 / (1 - a);
            double product = -2 * a * b + all * a * a;
            double entry = b + product;
            trace += w * entry;
            diagonal += w * w * (entry * entry - product * product);
            aa += w * a * a;
            ab += w * a * b;
            bb += w * b * b;
        }
        double squared = diagonal + 2 * aa * bb + all * all * aa * aa + 2 * ab * ab - 4 * all * aa * ab;
        return Math.max(1, Math.min(sizes.length - 1, trace * trace / squared));
    }

    /** The intraclass correlation by analysis of variance, cut to [0, 1]; 0 when no cluster has two members. */
    private double correlationWithin() {
        int n = values.length;
        int groups = sizes.length;
        if (groups == n) {
            return 0;
        }
        double between = 0;
        double sizesSquared = 0;
        for (int g = 0; g < groups; g++) {
            between += sums[g] * sums[g] / sizes[g];
            sizesSquared += (double) sizes[g] * sizes[g];
        }
        double within = 0;
        for (int i = 0; i < n; i++) {
            double deviation = values[i] - mean - sums[clusters[i]] / sizes[clusters[i]];
            within += deviation * deviation;
        }
        between /= groups - 1;
        within /= n - groups;
        double typicalSize = (n - sizesSquared / n) / (groups - 1);
        double total = between + (typicalSize - 1) * within;
        return total > 0 ? Math.max(0, Math.min(1, (between - within) / total)) : 0;
    }
}

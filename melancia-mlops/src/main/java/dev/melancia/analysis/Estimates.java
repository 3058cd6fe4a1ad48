package dev.melancia.analysis;

import dev.melancia.stats.Holm;
import dev.melancia.stats.Interval;
import dev.melancia.stats.MeanEstimate;
import dev.melancia.stats.ProportionEstimate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/** The one place that says which statistic a report takes. */
final class Estimates {

    private static final double LEVEL = BenchmarkReport.LEVEL;
    private static final double POWER = .8;

    static final String N_TOO_SMALL = "n too small";

    /** With fewer, equal signs of all differences have p = 2 / 2^5 = .0625. */
    static final int LEAST_UNITS = 6;

    private Estimates() {}

    static MeanFigure mean(Observations observations, Metric metric) {
        double[] values = observations.means();
        if (values.length == 0) {
            return MeanFigure.none("no value");
        }
        double mean = Arrays.stream(values).average().orElseThrow();
        if (metric.yesNo() && independent(observations, values)) {
            int ones = (int) Arrays.stream(values).sum();
            ProportionEstimate rate = new ProportionEstimate(ones, values.length, LEVEL);
            return new MeanFigure(rate.rate(), rate.interval(), "Wilson", "");
        }
        MeanEstimate estimate = MeanEstimate.of(clusterMeans(values, observations.groups()), LEVEL);
        Optional<Interval> interval = estimate.interval()
                .map(found -> new Interval(
                        Math.max(found.low(), metric.low()), Math.min(found.high(), metric.high()), LEVEL));
        return new MeanFigure(
                OptionalDouble.of(mean),
                interval,
                "Student t",
                estimate.noInterval().orElse(""));
    }

    private static boolean independent(Observations observations, double[] values) {
        return observations.groupCount() == values.length
                && Arrays.stream(values).allMatch(value -> value == 0 || value == 1);
    }

    private static double[] clusterMeans(double[] values, List<String> groups) {
        Map<String, double[]> sums = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            double[] sum = sums.computeIfAbsent(groups.get(i), group -> new double[2]);
            sum[0] += values[i];
            sum[1]++;
        }
        return sums.values().stream().mapToDouble(sum -> sum[0] / sum[1]).toArray();
    }

    static Quantile quantile(double share, Observations observations) {
        double[] sorted = observations.calls();
        Arrays.sort(sorted);
        int units = observations.groupCount();
        boolean median = share == .5;
        if (sorted.length == 0) {
            return new Quantile(share, OptionalDouble.empty(), Optional.empty(), "no value");
        }
        BinomialDistribution below = BinomialDistribution.of(units, share);
        int low = below.inverseCumulativeProbability((1 - LEVEL) / 2);
        int high = below.inverseCumulativeProbability(1 - (1 - LEVEL) / 2) + 1;
        OptionalDouble value = OptionalDouble.of(at(sorted, share));
        if (low < 1 || high > units) {
            return new Quantile(share, median ? value : OptionalDouble.empty(), Optional.empty(), N_TOO_SMALL);
        }
        Interval interval = new Interval(
                sorted[(int) ((long) (low - 1) * sorted.length / units)],
                sorted[(int) (((long) high * sorted.length + units - 1) / units) - 1],
                LEVEL);
        return new Quantile(share, value, Optional.of(interval), "");
    }

    private static double at(double[] sorted, double share) {
        double position = share * sorted.length;
        int rank = (int) Math.ceil(position);
        return position == rank ? sorted[rank - 1] / 2 + sorted[rank] / 2 : sorted[rank - 1];
    }

    static PairFigure difference(PairedValues values) {
        double[] differences = new double[values.n()];
        double[] first = values.first();
        double[] second = values.second();
        Arrays.setAll(differences, i -> first[i] - second[i]);
        double[] units = clusterMeans(differences, values.groups());
        MeanEstimate estimate = MeanEstimate.of(units, LEVEL);
        if (units.length < 2) {
            return PairFigure.none(N_TOO_SMALL);
        }
        double mean = Arrays.stream(differences).average().orElseThrow();
        double deviation = estimate.standardDeviation().orElseThrow();
        double error = deviation / Math.sqrt(units.length);
        TDistribution t = TDistribution.of(units.length - 1);
        double p = error == 0 ? (mean == 0 ? 1 : 0) : 2 * t.survivalProbability(Math.abs(mean) / error);
        double detectable =
                error * (t.inverseSurvivalProbability((1 - LEVEL) / 2) + t.inverseCumulativeProbability(POWER));
        return new PairFigure(
                OptionalDouble.of(mean),
                estimate.interval(),
                OptionalDouble.of(Math.min(1, p)),
                deviation == 0 ? OptionalDouble.empty() : OptionalDouble.of(mean / deviation),
                error == 0 ? OptionalDouble.empty() : OptionalDouble.of(detectable),
                "Student t, paired",
                estimate.noInterval().orElse(""));
    }

    static double[] adjust(double[] pValues) {
        return Holm.adjust(pValues);
    }
}

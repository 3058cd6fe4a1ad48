package dev.melancia.analysis;

import dev.melancia.stats.Interval;
import dev.melancia.stats.MeanInterval;
import dev.melancia.stats.Measurements;
import dev.melancia.stats.QuantileEstimate;
import dev.melancia.stats.Sample;
import dev.melancia.stats.paired.PairedComparison;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** How a report's values become the measurements that the statistics take. */
final class Estimates {

    /** Seed of the random sign flips: the same run gives the same report. */
    private static final long SEED = 20_261_122;

    private static final double MEDIAN = .5;

    private Estimates() {}

    static MeanInterval mean(Observations observations, Metric metric) {
        return MeanInterval.of(
                measurements(observations.means(), observations.groups(), metric), BenchmarkReport.LEVEL);
    }

    static PairedComparison paired(PairedValues values, Metric metric) {
        return PairedComparison.of(
                measurements(values.first(), values.groups(), metric),
                measurements(values.second(), values.groups(), metric),
                BenchmarkReport.LEVEL,
                SEED);
    }

    private static Measurements measurements(double[] values, List<String> groups, Metric metric) {
        return Measurements.of(values).within(metric.low(), metric.high()).clusteredBy(groups);
    }

    /**
     * Single values of one group (repeats of a question, questions of one conversation) are not independent. The interval's
     * ranks are taken as if there were only as many values as groups, and then spread over all values: wide and safe.
     */
    static Quantile quantile(double share, Observations observations) {
        double[] sorted = observations.calls();
        Arrays.sort(sorted);
        if (sorted.length == 0) {
            return new Quantile(share, OptionalDouble.empty(), Optional.empty(), "no value");
        }
        double value = Sample.of(sorted).quantile(share);
        double[] ranks = IntStream.rangeClosed(1, observations.groupCount())
                .asDoubleStream()
                .toArray();
        QuantileEstimate ofRanks = QuantileEstimate.of(Sample.of(ranks), share, BenchmarkReport.LEVEL);
        if (ofRanks.interval().isEmpty()) {
            OptionalDouble shown = share == MEDIAN ? OptionalDouble.of(value) : OptionalDouble.empty();
            return new Quantile(
                    share, shown, Optional.empty(), ofRanks.noInterval().orElse(""));
        }
        Interval found = ofRanks.interval().get();
        double perRank = (double) sorted.length / ranks.length;
        Interval interval = new Interval(
                sorted[(int) Math.floor((found.low() - 1) * perRank)],
                sorted[Math.min(sorted.length, (int) Math.ceil(found.high() * perRank)) - 1],
                BenchmarkReport.LEVEL);
        return new Quantile(share, OptionalDouble.of(value), Optional.of(interval), "");
    }
}

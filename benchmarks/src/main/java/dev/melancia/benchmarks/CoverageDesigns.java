package dev.melancia.benchmarks;

import dev.melancia.stats.Bootstrap;
import dev.melancia.stats.Interval;
import dev.melancia.stats.MeanEstimate;
import dev.melancia.stats.MeanInterval;
import dev.melancia.stats.Measurements;
import dev.melancia.stats.QuantileEstimate;
import dev.melancia.stats.Sample;
import dev.melancia.stats.paired.PairedComparison;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** The kinds of benchmarks that {@link Coverage} simulates. */
final class CoverageDesigns {

    /**
     * What a benchmark would report.
     *
     * @param saysTooSmall whether it says beside the interval, or in its place, that n is too small
     */
    record Reported(Optional<Interval> interval, boolean saysTooSmall) {

        static Reported of(MeanInterval mean) {
            return new Reported(mean.interval(), mean.caution().isPresent());
        }

        static Reported of(PairedComparison comparison) {
            return new Reported(comparison.interval(), comparison.noInterval().isPresent());
        }
    }

    /** Simulates one benchmark. */
    interface Draw extends Function<RandomGenerator, Reported> {}

    /**
     * A kind of benchmark.
     *
     * @param name what is simulated
     * @param bound whether coverage must be in [.925, .98]; else it is only reported
     * @param truth the value that the interval should hold
     */
    record Design(String name, boolean bound, double truth, Draw draw) {}

    private static final double LEVEL = 0.95;
    private static final double NORMAL_P95 = 1.6448536269514722;
    private static final double QUESTION_SHARE = 0.6;
    private static final SimulatedScores SCORES = new SimulatedScores(0.15, 0.25, 1);
    private static final SimulatedScores BETTER = new SimulatedScores(0.10, 0.35, 0.7);
    private static final SimulatedScores NEAR_ONE = new SimulatedScores(0.03, 0.80, 0.5);
    private static final SimulatedScores NEAR_ZERO = new SimulatedScores(0.70, 0.05, 2);
    private static final SimulatedScores SKEWED = new SimulatedScores(0, 0, 4);

    private final List<Design> designs = new ArrayList<>();

    private CoverageDesigns() {}

    static List<Design> all() {
        CoverageDesigns all = new CoverageDesigns();
        for (int n : new int[] {60, 200}) {
            all.independent(n, true);
        }
        for (int clusters : new int[] {20, 40}) {
            all.clustered(
                    clusters + " clusters of 5",
                    IntStream.generate(() -> 5).limit(clusters).toArray(),
                    true);
        }
        all.clustered(
                "25 clusters of 1 to 13",
                IntStream.range(0, 25).map(g -> 1 + g / 2).toArray(),
                false);
        all.clustered("10 clusters of 6", IntStream.generate(() -> 6).limit(10).toArray(), false);
        for (int n : new int[] {10, 20, 30, 500}) {
            all.independent(n, false);
        }
        for (int n : new int[] {10, 20, 30, 60, 200}) {
            all.latencies(n);
        }
        for (int n : new int[] {30, 60}) {
            all.beside(
                    "scores, 80 % at 1, n = " + n,
                    NEAR_ONE.mean(),
                    random -> random.doubles(n).map(NEAR_ONE::at).toArray());
            all.beside("log-normal latency, sigma 1, n = " + n, Math.exp(0.5), random -> latencies(n, 1, random));
        }
        return List.copyOf(all.designs);
    }

    private void independent(int n, boolean bound) {
        mean("scores with mass at 0 and 1", n, SCORES, bound);
        mean("scores, 80 % at 1", n, NEAR_ONE, bound);
        mean("scores, 70 % at 0", n, NEAR_ZERO, bound);
        mean("scores, skewed, no mass", n, SKEWED, false);
        difference("difference, equal models", n, SCORES, SCORES, bound);
        difference("difference, unequal models", n, BETTER, SCORES, bound);
        difference("difference, many ties", n, NEAR_ONE, new SimulatedScores(0.06, 0.75, 0.5), bound);
        for (double rate : new double[] {0.1, 0.5, 0.9}) {
            mean("pass rate " + rate, n, SimulatedScores.passRate(rate), bound);
        }
        SimulatedScores ninety = SimulatedScores.passRate(0.9);
        difference("difference of pass rates .9, .9", n, ninety, ninety, bound);
        difference(
                "difference of pass rates .9, .8",
                n,
                SimulatedScores.passRate(0.9),
                SimulatedScores.passRate(0.8),
                bound);
    }

    private void mean(String name, int n, SimulatedScores law, boolean bound) {
        add(name + ", n = " + n, bound, law.mean(), random -> {
            double[] values = random.doubles(n).map(law::at).toArray();
            return Reported.of(MeanInterval.of(scores(values), LEVEL));
        });
    }

    private void difference(String name, int n, SimulatedScores first, SimulatedScores second, boolean bound) {
        add(name + ", n = " + n, bound, first.mean() - second.mean(), random -> {
            double[][] pair = new double[2][n];
            for (int i = 0; i < n; i++) {
                double question = random.nextDouble();
                pair[0][i] = first.at(SimulatedScores.shared(question, QUESTION_SHARE, random));
                pair[1][i] = second.at(SimulatedScores.shared(question, QUESTION_SHARE, random));
            }
            return Reported.of(PairedComparison.of(scores(pair[0]), scores(pair[1]), LEVEL, 1));
        });
    }

    private void clustered(String name, int[] sizes, boolean bound) {
        for (double share : new double[] {0, 0.3, 0.6}) {
            String correlated = String.format(Locale.ROOT, ", correlation %.2f", share * share);
            for (double rate : new double[] {0.1, 0.5, 0.9}) {
                clusterMean(
                        name + ", pass rate " + rate + correlated, sizes, SimulatedScores.passRate(rate), share, bound);
            }
            clusterMean(name + ", scores" + correlated, sizes, SCORES, share, bound);
            clusterMean(name + ", scores, 80 % at 1" + correlated, sizes, NEAR_ONE, share, bound);
            clusterDifference(name + ", difference" + correlated, sizes, share, bound);
        }
    }

    private void clusterMean(String name, int[] sizes, SimulatedScores law, double share, boolean bound) {
        List<Integer> labels = labels(sizes);
        add(name, bound, law.mean(), random -> {
            double[] values = new double[labels.size()];
            double[] clusters = random.doubles(sizes.length).toArray();
            for (int i = 0; i < values.length; i++) {
                values[i] = law.at(SimulatedScores.shared(clusters[labels.get(i)], share, random));
            }
            return Reported.of(MeanInterval.of(scores(values).clusteredBy(labels), LEVEL));
        });
    }

    private void clusterDifference(String name, int[] sizes, double share, boolean bound) {
        List<Integer> labels = labels(sizes);
        add(name, bound, BETTER.mean() - SCORES.mean(), random -> {
            double[][] pair = new double[2][labels.size()];
            for (int subject = 0; subject < 2; subject++) {
                double[] clusters = random.doubles(sizes.length).toArray();
                SimulatedScores law = subject == 0 ? BETTER : SCORES;
                for (int i = 0; i < labels.size(); i++) {
                    pair[subject][i] = law.at(SimulatedScores.shared(clusters[labels.get(i)], share, random));
                }
            }
            Measurements first = scores(pair[0]).clusteredBy(labels);
            return Reported.of(PairedComparison.of(first, scores(pair[1]).clusteredBy(labels), LEVEL, 1));
        });
    }

    private void latencies(int n) {
        for (double sigma : new double[] {0.5, 1, 1.5}) {
            String law = "log-normal latency, sigma " + sigma;
            add(law + ", mean, n = " + n, false, Math.exp(sigma * sigma / 2), random -> {
                Measurements times =
                        Measurements.of(latencies(n, sigma, random)).within(0, Double.POSITIVE_INFINITY);
                return Reported.of(MeanInterval.of(times, LEVEL));
            });
        }
        add("log-normal latency, sigma 1, paired difference, n = " + n, false, Math.exp(0.5) * 0.5, random -> {
            double[] slow = latencies(n, 1, random);
            double[] quick = latencies(n, 1, random);
            for (int i = 0; i < n; i++) {
                slow[i] *= 1.5;
            }
            return Reported.of(PairedComparison.of(Measurements.of(slow), Measurements.of(quick), LEVEL, 1));
        });
        add("log-normal latency, median, n = " + n, false, 1, random -> quantile(n, 0.5, random));
        add("log-normal latency, p95, n = " + n, false, Math.exp(NORMAL_P95), random -> quantile(n, 0.95, random));
    }

    /** What the usual methods would have given. */
    private void beside(String name, double truth, Function<RandomGenerator, double[]> values) {
        add(
                "for comparison, Student's t: " + name,
                false,
                truth,
                random -> new Reported(
                        MeanEstimate.of(values.apply(random), LEVEL).interval(), false));
        add("for comparison, BCa bootstrap: " + name, false, truth, random -> {
            double[] drawn = values.apply(random);
            ToDoubleFunction<int[]> mean =
                    chosen -> Arrays.stream(chosen).mapToDouble(i -> drawn[i]).sum() / chosen.length;
            return new Reported(Bootstrap.bca(drawn.length, mean, LEVEL, 1), false);
        });
    }

    private static Reported quantile(int n, double probability, RandomGenerator random) {
        QuantileEstimate quantile = QuantileEstimate.of(Sample.of(latencies(n, 1, random)), probability, LEVEL);
        return new Reported(quantile.interval(), quantile.noInterval().isPresent());
    }

    private static double[] latencies(int n, double sigma, RandomGenerator random) {
        return IntStream.range(0, n)
                .mapToDouble(i -> Math.exp(sigma * random.nextGaussian()))
                .toArray();
    }

    private static Measurements scores(double[] values) {
        return Measurements.of(values).within(0, 1);
    }

    private static List<Integer> labels(int[] sizes) {
        return IntStream.range(0, sizes.length)
                .flatMap(g -> IntStream.generate(() -> g).limit(sizes[g]))
                .boxed()
                .toList();
    }

    private void add(String name, boolean bound, double truth, Draw draw) {
        designs.add(new Design(name, bound, truth, draw));
    }
}

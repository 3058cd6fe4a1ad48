package dev.melancia.stats.paired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.stats.Holm;
import dev.melancia.stats.Interval;
import dev.melancia.stats.MeanInterval;
import dev.melancia.stats.Measurements;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The short form of {@code dev.melancia.benchmarks.Coverage}: few simulated benchmarks, so wider bounds. With the seeds as they are
 * the counts never change.
 */
class CoverageTest {

    private static final int MEANS = 1_000;
    private static final int PAIRS = 300;

    private static double score(double uniform) {
        return Math.max(0, Math.min(1, 1.6 * uniform - 0.3));
    }

    private static void assertCovers(double truth, int runs, Function<RandomGenerator, Interval> draw) {
        long held = IntStream.range(0, runs)
                .filter(run -> draw.apply(new SplittableRandom(run)).contains(truth))
                .count();
        double errors = 2.5 * Math.sqrt(0.05 * 0.95 / runs);
        assertThat(held / (double) runs).isBetween(0.945 - errors, Math.min(0.99, 0.97 + errors));
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 200})
    void intervalsOfScoresHoldTheTruth(int n) {
        assertCovers(0.6, MEANS, random -> {
            // A fifth at 1, the rest even over the scale.
            double[] values =
                    random.doubles(n).map(u -> u < 0.2 ? 1 : (u - 0.2) / 0.8).toArray();
            return MeanInterval.of(Measurements.of(values).within(0, 1), 0.95)
                    .interval()
                    .orElseThrow();
        });
    }

    @ParameterizedTest
    @ValueSource(doubles = {.1, .5, .9})
    void intervalsOfPassRatesHoldTheTruth(double rate) {
        assertCovers(rate, MEANS, random -> {
            double[] values = random.doubles(60).map(u -> u < rate ? 1 : 0).toArray();
            return MeanInterval.of(Measurements.of(values).within(0, 1), 0.95)
                    .interval()
                    .orElseThrow();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 40})
    void intervalsOfClustersHoldTheTruthAndIgnoringThemDoesNot(int clusters) {
        List<Integer> labels =
                IntStream.range(0, 5 * clusters).map(i -> i / 5).boxed().toList();
        Function<RandomGenerator, double[]> draw = random -> {
            double[] shared = random.doubles(clusters).toArray();
            return labels.stream()
                    .mapToDouble(g -> score((shared[g] + random.nextDouble() / 4) / 1.25))
                    .toArray();
        };
        assertCovers(
                0.5,
                MEANS,
                random -> MeanInterval.of(
                                Measurements.of(draw.apply(random)).within(0, 1).clusteredBy(labels), 0.95)
                        .interval()
                        .orElseThrow());
        long heldIgnoring = IntStream.range(0, 200)
                .filter(run -> MeanInterval.of(
                                Measurements.of(draw.apply(new SplittableRandom(run)))
                                        .within(0, 1),
                                0.95)
                        .interval()
                        .orElseThrow()
                        .contains(0.5))
                .count();
        assertThat(heldIgnoring).isLessThan(160);
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 200})
    void intervalsOfDifferencesHoldTheTruth(int n) {
        double meanOfSquare = IntStream.range(0, 1_000_000)
                .mapToDouble(i -> score(Math.pow((i + 0.5) / 1_000_000, 2)))
                .average()
                .orElseThrow();
        assertCovers(0.5 - meanOfSquare, PAIRS, random -> {
            double[] first = new double[n];
            double[] second = new double[n];
            for (int i = 0; i < n; i++) {
                double question = random.nextDouble();
                first[i] = score(random.nextBoolean() ? question : random.nextDouble());
                second[i] = score(Math.pow(random.nextBoolean() ? question : random.nextDouble(), 2));
            }
            return compare(first, second).interval().orElseThrow();
        });
    }

    @Test
    void equalModelsAreSeldomCalledDifferent() {
        int runs = 150;
        int declared = 0;
        for (int run = 0; run < runs; run++) {
            SplittableRandom random = new SplittableRandom(run);
            double[][] quality = new double[3][40];
            for (double[] subject : quality) {
                Arrays.setAll(subject, i -> random.nextDouble());
            }
            double[] p = new double[6];
            int next = 0;
            for (int[] pair : new int[][] {{0, 1}, {0, 2}, {1, 2}}) {
                double[] first = quality[pair[0]];
                double[] second = quality[pair[1]];
                p[next++] = compare(scores(first), scores(second)).pValue();
                p[next++] = compare(passes(first), passes(second)).pValue();
            }
            declared += Arrays.stream(Holm.adjust(p)).min().orElseThrow() < 0.05 ? 1 : 0;
        }
        assertThat(declared).isLessThanOrEqualTo(17);
    }

    private static double[] scores(double[] quality) {
        return Arrays.stream(quality).map(CoverageTest::score).toArray();
    }

    private static double[] passes(double[] quality) {
        return Arrays.stream(quality).map(u -> u < 0.7 ? 1 : 0).toArray();
    }

    private static PairedComparison compare(double[] first, double[] second) {
        return PairedComparison.of(
                Measurements.of(first).within(0, 1), Measurements.of(second).within(0, 1), 0.95, 1);
    }
}

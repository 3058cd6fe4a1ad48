package dev.melancia.benchmarks;

import dev.melancia.stats.Holm;
import dev.melancia.stats.Measurements;
import dev.melancia.stats.paired.PairedComparison;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A benchmark of models that are all equal, with five metrics of one answer: two kinds of scores, pass or fail, grades and
 * latency. How hard the question is, and how well a model did on it, moves all metrics.
 *
 * @param subjects models
 * @param n questions
 * @param clusterSize questions of one document; 1 for none
 */
record EqualModels(int subjects, int n, int clusterSize) {

    private static final double LEVEL = 0.95;
    private static final double SHARE = 0.5;
    private static final SimulatedScores SCORES = new SimulatedScores(0.15, 0.25, 1);
    private static final SimulatedScores NEAR_ONE = new SimulatedScores(0.03, 0.80, 0.5);
    private static final SimulatedScores PASS = SimulatedScores.passRate(0.8);
    private static final int METRICS = 5;

    String name() {
        String questions = clusterSize == 1 ? n + " questions" : n / clusterSize + " clusters of " + clusterSize;
        return subjects + " equal models, " + METRICS + " metrics, " + questions;
    }

    /** Whether any difference is declared, over all pairs and metrics. */
    boolean declaresADifference(RandomGenerator random) {
        double[][][] values = new double[METRICS][subjects][n];
        for (int start = 0; start < n; start += clusterSize) {
            double cluster = random.nextDouble();
            double[] done = random.doubles(subjects).toArray();
            for (int i = start; i < start + clusterSize; i++) {
                double question = SimulatedScores.shared(cluster, SHARE, random);
                for (int subject = 0; subject < subjects; subject++) {
                    double how = SimulatedScores.shared(done[subject], clusterSize == 1 ? 1 : SHARE, random);
                    answer(
                            values,
                            subject,
                            i,
                            SimulatedScores.shared(question, SHARE, random) * 0.5 + how * 0.5,
                            random);
                }
            }
        }
        return smallestAdjusted(values) < 1 - LEVEL;
    }

    private void answer(double[][][] values, int subject, int question, double quality, RandomGenerator random) {
        values[0][subject][question] = SCORES.at(SimulatedScores.shared(quality, SHARE, random));
        values[1][subject][question] = NEAR_ONE.at(SimulatedScores.shared(quality, SHARE, random));
        values[2][subject][question] = PASS.at(SimulatedScores.shared(quality, SHARE, random));
        values[3][subject][question] = Math.floor(5 * SimulatedScores.shared(quality, SHARE, random)) / 4;
        values[4][subject][question] = Math.exp(random.nextGaussian() + quality);
    }

    private double smallestAdjusted(double[][][] values) {
        List<Integer> labels =
                IntStream.range(0, n).map(i -> i / clusterSize).boxed().toList();
        double[] p = new double[METRICS * subjects * (subjects - 1) / 2];
        int next = 0;
        for (int metric = 0; metric < METRICS; metric++) {
            for (int a = 0; a < subjects; a++) {
                for (int b = a + 1; b < subjects; b++) {
                    Measurements first = measured(metric, values[metric][a]).clusteredBy(labels);
                    Measurements second = measured(metric, values[metric][b]).clusteredBy(labels);
                    p[next++] = PairedComparison.of(first, second, LEVEL, 1).pValue();
                }
            }
        }
        double smallest = 1;
        for (double adjusted : Holm.adjust(p)) {
            smallest = Math.min(smallest, adjusted);
        }
        return smallest;
    }

    private static Measurements measured(int metric, double[] values) {
        Measurements measurements = Measurements.of(values);
        return metric == METRICS - 1 ? measurements : measurements.within(0, 1);
    }
}

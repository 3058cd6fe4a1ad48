package dev.melancia.stats.agreement;

import dev.melancia.stats.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Cohen's kappa: how much more two raters agree than their habits alone would make them, 1 for always, 0 for no more. Immutable.
 *
 * <p>{@code (Po - Pe) / (1 - Pe)}, Po the weighted share of agreement, Pe the one expected from how often each rater gives each
 * label. Interval {@code kappa ± z SE} with the large-sample SE of Fleiss, Cohen and Everitt 1969, <a
 * href="https://doi.org/10.1037/h0028106">doi</a>; rough below about fifty items and near 1. Assumes independent items. With
 * rare labels kappa is low although agreement is high: read it beside {@link #agreement}. Sources: Cohen 1960, <a
 * href="https://doi.org/10.1177/001316446002000104">doi</a>; weights: Cohen 1968, <a href="https://doi.org/10.1037/h0026256">doi</a>.
 *
 * @since 0.1.0
 */
public final class Kappa {

    /** What a disagreement costs. */
    public enum Weights {
        /** The distance in grades. */
        LINEAR,
        /** The squared distance in grades; the weights of an intraclass correlation. */
        QUADRATIC
    }

    private final int n;
    private final double observed;
    private final double expected;
    private final double variance;

    private Kappa(double[][] shares, double[][] weights, int n) {
        this.n = n;
        int size = shares.length;
        double[] rows = new double[size];
        double[] columns = new double[size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                rows[i] += shares[i][j];
                columns[j] += shares[i][j];
            }
        }
        double agreed = 0;
        double byHabit = 0;
        double[] rowWeights = new double[size];
        double[] columnWeights = new double[size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                agreed += weights[i][j] * shares[i][j];
                byHabit += weights[i][j] * rows[i] * columns[j];
                rowWeights[i] += weights[i][j] * columns[j];
                columnWeights[j] += weights[i][j] * rows[i];
            }
        }
        observed = agreed;
        expected = byHabit;
        variance = variance(shares, weights, rowWeights, columnWeights);
    }

    private double variance(double[][] shares, double[][] weights, double[] rowWeights, double[] columnWeights) {
        double rest = 1 - (observed - expected) / (1 - expected);
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
            for (int j = 0; j < shares.length; j++) {
                double term = weights[i][j] - (rowWeights[i] + columnWeights[j]) * rest;
                sum += shares[i][j] * term * term;
            }
        }
        double centre = 1 - rest - expected * rest;
        return (sum - centre * centre) / (n * (1 - expected) * (1 - expected));
    }

    /**
     * Kappa of labels without order: a disagreement is a disagreement.
     *
     * @param first one rater's labels; compared with {@link Object#equals}
     * @param second the other's, of the same items in the same order
     * @throws IllegalArgumentException if the lengths differ
     */
    public static Kappa of(List<?> first, List<?> second) {
        Checks.sameLength(first.size(), second.size());
        Set<Object> distinct = new LinkedHashSet<>(first);
        distinct.addAll(second);
        List<Object> labels = new ArrayList<>(distinct);
        double[][] shares = new double[labels.size()][labels.size()];
        for (int i = 0; i < first.size(); i++) {
            shares[labels.indexOf(first.get(i))][labels.indexOf(second.get(i))] += 1.0 / first.size();
        }
        double[][] weights = new double[labels.size()][labels.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i][i] = 1;
        }
        return new Kappa(shares, weights, first.size());
    }

    /**
     * Kappa of grades: a near miss costs less than a far one.
     *
     * @param first one rater's grades, such as 1 to 5; the distance of two grades is their difference
     * @param second the other's, of the same items in the same order
     * @throws IllegalArgumentException if the lengths differ
     */
    public static Kappa weighted(int[] first, int[] second, Weights kind) {
        Checks.sameLength(first.length, second.length);
        int[] grades = Arrays.stream(new int[][] {first, second})
                .flatMapToInt(Arrays::stream)
                .sorted()
                .distinct()
                .toArray();
        double[][] shares = new double[grades.length][grades.length];
        for (int i = 0; i < first.length; i++) {
            shares[Arrays.binarySearch(grades, first[i])][Arrays.binarySearch(grades, second[i])] += 1.0 / first.length;
        }
        double[][] weights = new double[grades.length][grades.length];
        double range = grades.length < 2 ? 1 : (double) grades[grades.length - 1] - grades[0];
        for (int i = 0; i < grades.length; i++) {
            for (int j = 0; j < grades.length; j++) {
                double distance = Math.abs((double) grades[i] - grades[j]) / range;
                weights[i][j] = 1 - (kind == Weights.LINEAR ? distance : distance * distance);
            }
        }
        return new Kappa(shares, weights, first.length);
    }

    /** Items that both rated. */
    public int n() {
        return n;
    }

    /** Weighted share of agreement in [0, 1]; empty without items. */
    public OptionalDouble agreement() {
        return n == 0 ? OptionalDouble.empty() : OptionalDouble.of(observed);
    }

    /** At most 1; empty without items and when both raters gave one and the same label to all. */
    public OptionalDouble estimate() {
        return n == 0 || expected >= 1 - 1e-12
                ? OptionalDouble.empty()
                : OptionalDouble.of((observed - expected) / (1 - expected));
    }

    /** Empty where {@link #estimate} is. */
    public OptionalDouble standardError() {
        return estimate().isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Math.sqrt(Math.max(0, variance)));
    }

    /**
     * The interval, inside [-1, 1]; empty where {@link #estimate} is, and when no disagreement was seen, which leaves the error
     * unknown.
     *
     * @param level confidence level in (0, 1)
     */
    public Optional<Interval> interval(double level) {
        Checks.level(level);
        double error = standardError().orElse(0);
        if (error < 1e-9) {
            return Optional.empty();
        }
        double half = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - level) / 2) * error;
        double kappa = estimate().orElseThrow();
        return Optional.of(new Interval(Math.max(-1, kappa - half), Math.min(1, kappa + half), level));
    }
}

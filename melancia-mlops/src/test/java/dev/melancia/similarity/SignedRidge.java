package dev.melancia.similarity;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Ridge regression in which a weight may not go against the sign of its feature: it is 0 instead. Coordinate descent over
 * standardised features; the intercept is left out, since only differences matter.
 */
final class SignedRidge {

    /** Strength of the pull towards 0, in pairs. */
    private static final double PULL = 10;

    private static final int SWEEPS = 2_000;

    private final List<Feature> features = List.of(Feature.values());
    private final int count = features.size();
    private final double[] deviation;
    private final double[][] products;
    private final double[] targets;

    SignedRidge(List<Map<Feature, Double>> measured, double[] ratings) {
        List<double[]> rows = measured.stream()
                .map(row -> features.stream().mapToDouble(row::get).toArray())
                .toList();
        double[] mean = new double[count];
        deviation = new double[count];
        products = new double[count][count];
        targets = new double[count];
        for (double[] row : rows) {
            Arrays.setAll(mean, j -> mean[j] + row[j] / rows.size());
        }
        for (double[] row : rows) {
            Arrays.setAll(deviation, j -> deviation[j] + (row[j] - mean[j]) * (row[j] - mean[j]) / rows.size());
        }
        Arrays.setAll(deviation, j -> Math.sqrt(deviation[j]));
        double meanRating = Arrays.stream(ratings).average().orElseThrow();
        for (int i = 0; i < ratings.length; i++) {
            double[] row = rows.get(i);
            double[] z = new double[count];
            Arrays.setAll(z, j -> deviation[j] == 0 ? 0 : (row[j] - mean[j]) / deviation[j]);
            for (int j = 0; j < count; j++) {
                targets[j] += z[j] * (ratings[i] - meanRating);
                for (int k = 0; k < count; k++) {
                    products[j][k] += z[j] * z[k];
                }
            }
        }
    }

    Map<Feature, Double> weights() {
        double[] weights = new double[count];
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (int j = 0; j < count; j++) {
                weights[j] = best(j, weights);
            }
        }
        Map<Feature, Double> result = new EnumMap<>(Feature.class);
        for (int j = 0; j < count; j++) {
            result.put(features.get(j), deviation[j] == 0 ? 0 : weights[j] / deviation[j]);
        }
        return result;
    }

    private double best(int j, double[] weights) {
        double rest = targets[j];
        for (int k = 0; k < count; k++) {
            rest -= k == j ? 0 : products[j][k] * weights[k];
        }
        boolean allowed = rest > 0 == features.get(j).raises();
        return allowed ? rest / (products[j][j] + PULL) : 0;
    }
}

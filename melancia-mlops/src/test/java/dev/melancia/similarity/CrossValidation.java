package dev.melancia.similarity;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Rates every pair by a model that was fitted to the pairs of other folds. */
final class CrossValidation {

    static final int FOLDS = 5;

    private final List<RatedPair> pairs;
    private final Synonyms synonyms;

    CrossValidation(List<RatedPair> pairs, Synonyms synonyms) {
        this.pairs = pairs;
        this.synonyms = synonyms;
    }

    /** Similarities in the order of the pairs; folds are grouped by shared sentence. */
    double[] similarities(long seed) {
        return outOf(Folds.deal(Folds.groups(pairs), FOLDS, seed));
    }

    /** Similarities in the order of the pairs, each by a model that saw no pair with the same number. */
    double[] outOf(int[] fold) {
        double[] similarities = new double[pairs.size()];
        for (int k : Arrays.stream(fold).distinct().toArray()) {
            Model model = Training.fit(
                    IntStream.range(0, fold.length)
                            .filter(i -> fold[i] != k)
                            .mapToObj(pairs::get)
                            .toList(),
                    synonyms);
            Features features = model.features(synonyms);
            IntStream.range(0, fold.length)
                    .filter(i -> fold[i] == k)
                    .forEach(
                            i -> similarities[i] = model.similarity(pairs.get(i).measuredBy(features)));
        }
        return similarities;
    }

    double[] ratings() {
        return pairs.stream().mapToDouble(RatedPair::rating).toArray();
    }

    static double pearson(double[] x, double[] y) {
        double meanX = Arrays.stream(x).average().orElseThrow();
        double meanY = Arrays.stream(y).average().orElseThrow();
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < x.length; i++) {
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
            xy += (x[i] - meanX) * (y[i] - meanY);
        }
        return xy / Math.sqrt(xx * yy);
    }
}

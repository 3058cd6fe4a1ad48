package dev.melancia.similarity;

import java.util.Map;

/**
 * All that was fitted: how rare stems and trigrams are, and a weighted sum of features, spread so that unrelated texts are
 * near 0 and the same words 1, and cut there. Immutable.
 *
 * @param sentences that frequencies were counted in
 * @param stems frequencies of stems, as levels of {@link Rarity}
 * @param grams frequencies of character trigrams, likewise
 * @param weights of the features
 * @param unrelated the weighted sum that becomes 0
 * @param same the weighted sum that becomes 1
 */
@SuppressWarnings("ArrayRecordComponent") // tables of numbers inside the package, never compared or printed
record Model(int sentences, byte[] stems, byte[] grams, Map<Feature, Double> weights, double unrelated, double same) {

    Features features(Synonyms synonyms) {
        return new Features(new Rarity(sentences, stems), new Rarity(sentences, grams), synonyms);
    }

    /** In [0, 1]. */
    double similarity(Map<Feature, Double> features) {
        return Math.max(0, Math.min(1, (sum(weights, features) - unrelated) / (same - unrelated)));
    }

    static double sum(Map<Feature, Double> weights, Map<Feature, Double> features) {
        double sum = 0;
        for (Map.Entry<Feature, Double> feature : features.entrySet()) {
            sum += weights.getOrDefault(feature.getKey(), 0.0) * feature.getValue();
        }
        return sum;
    }
}

package dev.melancia.similarity;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Fits everything that ships to rated pairs: rarities, weights, and both ends of the scale. */
final class Training {

    private static final int STEM_BUCKETS = 1 << 16;
    private static final int GRAM_BUCKETS = 1 << 15;
    /** The first sentence of a pair and the second of a pair this far behind are unrelated. */
    private static final int STRIDE = 17;

    private Training() {}

    static Model fit(List<RatedPair> pairs, Synonyms synonyms) {
        Map<String, Integer> stems = new HashMap<>();
        Map<String, Integer> grams = new HashMap<>();
        Set<String> sentences = new HashSet<>();
        for (RatedPair pair : pairs) {
            if (sentences.add(pair.a())) {
                count(pair.readingOfA(), stems, grams);
            }
            if (sentences.add(pair.b())) {
                count(pair.readingOfB(), stems, grams);
            }
        }
        Model rarities = new Model(
                sentences.size(),
                Rarity.levels(stems, STEM_BUCKETS),
                Rarity.levels(grams, GRAM_BUCKETS),
                Map.of(),
                0,
                1);
        return weighted(rarities, pairs, rarities.features(synonyms));
    }

    private static void count(Reading sentence, Map<String, Integer> stems, Map<String, Integer> grams) {
        sentence.distinctStems().forEach(stem -> stems.merge(stem, 1, Integer::sum));
        sentence.grams().keySet().forEach(gram -> grams.merge(gram, 1, Integer::sum));
    }

    private static Model weighted(Model rarities, List<RatedPair> pairs, Features features) {
        List<Map<Feature, Double>> rows =
                pairs.stream().map(pair -> pair.measuredBy(features)).toList();
        double[] ratings = pairs.stream().mapToDouble(RatedPair::rating).toArray();
        Map<Feature, Double> weights = new SignedRidge(rows, ratings).weights();
        double[] unrelated = IntStream.range(0, pairs.size())
                .mapToObj(i -> features.of(
                        pairs.get(i).readingOfA(),
                        pairs.get((i + STRIDE) % pairs.size()).readingOfB()))
                .mapToDouble(row -> Model.sum(weights, row))
                .sorted()
                .toArray();
        Map<Feature, Double> same = new EnumMap<>(Feature.class);
        for (Feature feature : Feature.values()) {
            same.put(feature, feature.raises() && feature != Feature.SAME_NUMBERS ? 1.0 : 0.0);
        }
        return new Model(
                rarities.sentences(),
                rarities.stems(),
                rarities.grams(),
                weights,
                unrelated[unrelated.length / 2],
                Model.sum(weights, same));
    }
}

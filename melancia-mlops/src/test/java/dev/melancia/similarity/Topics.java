package dev.melancia.similarity;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Groups pairs by topic: spherical k-means over their rare stems. */
final class Topics {

    private static final int ROUNDS = 30;

    private final List<Map<String, Double>> texts;
    private final int count;

    private Topics(List<Map<String, Double>> texts, int count) {
        this.texts = texts;
        this.count = count;
    }

    /** Number of the topic of each pair. */
    static int[] of(List<RatedPair> pairs, Rarity rarity, int count) {
        return new Topics(pairs.stream().map(pair -> vector(pair, rarity)).toList(), count).cluster();
    }

    private static Map<String, Double> vector(RatedPair pair, Rarity rarity) {
        Map<String, Double> vector = new HashMap<>();
        pair.readingOfA().content().forEach(stem -> vector.put(stem, rarity.of(stem)));
        pair.readingOfB().content().forEach(stem -> vector.put(stem, rarity.of(stem)));
        return unit(vector);
    }

    private static Map<String, Double> unit(Map<String, Double> vector) {
        double length =
                Math.sqrt(vector.values().stream().mapToDouble(v -> v * v).sum());
        vector.replaceAll((stem, value) -> value / length);
        return vector;
    }

    private int[] cluster() {
        Random random = new Random(1);
        int[] topic = IntStream.generate(() -> random.nextInt(count))
                .limit(texts.size())
                .toArray();
        for (int round = 0; round < ROUNDS; round++) {
            List<Map<String, Double>> centres = centres(topic);
            Arrays.setAll(topic, i -> nearest(texts.get(i), centres));
        }
        return topic;
    }

    private List<Map<String, Double>> centres(int[] topic) {
        return IntStream.range(0, count)
                .mapToObj(k -> {
                    Map<String, Double> centre = new HashMap<>();
                    IntStream.range(0, topic.length)
                            .filter(i -> topic[i] == k)
                            .forEach(
                                    i -> texts.get(i).forEach((stem, value) -> centre.merge(stem, value, Double::sum)));
                    return unit(centre);
                })
                .toList();
    }

    private static int nearest(Map<String, Double> text, List<Map<String, Double>> centres) {
        int best = 0;
        for (int k = 1; k < centres.size(); k++) {
            best = cosine(text, centres.get(k)) > cosine(text, centres.get(best)) ? k : best;
        }
        return best;
    }

    private static double cosine(Map<String, Double> text, Map<String, Double> centre) {
        return text.entrySet().stream()
                .mapToDouble(entry -> entry.getValue() * centre.getOrDefault(entry.getKey(), 0.0))
                .sum();
    }
}

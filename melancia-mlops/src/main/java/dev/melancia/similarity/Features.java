package dev.melancia.similarity;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Measures every {@link Feature} of two texts. Immutable. */
final class Features {

    /** A name says less than its rarity: texts on one person need not say the same. */
    private static final double NAME = .6;
    /** Order is compared up to here, so that time stays bounded. */
    private static final int MOST_ORDERED_WORDS = 1_000;

    private final Rarity stems;
    private final Rarity grams;
    private final Synonyms synonyms;

    Features(Rarity stems, Rarity grams, Synonyms synonyms) {
        this.stems = stems;
        this.grams = grams;
        this.synonyms = synonyms;
    }

    /** Of two texts that have words. */
    Map<Feature, Double> of(Reading a, Reading b) {
        Map<Feature, Double> values = new EnumMap<>(Feature.class);
        Set<String> names = new HashSet<>(a.names());
        names.addAll(b.names());
        double first = covered(a, new Coverage(b, synonyms), names);
        double second = covered(b, new Coverage(a, synonyms), names);
        values.put(Feature.MEANING_BETTER, Math.max(first, second));
        values.put(Feature.MEANING_WORSE, Math.min(first, second));
        values.put(Feature.SPELLING, spelling(a.grams(), b.grams()));
        order(values, head(a.stems()), head(b.stems()));
        numbers(values, a.numbers(), b.numbers());
        values.put(Feature.ONE_NEGATED, a.negated() == b.negated() ? 0.0 : 1.0);
        return values;
    }

    private double covered(Reading text, Coverage coverage, Set<String> names) {
        double covered = 0;
        double total = 0;
        for (String stem : text.content()) {
            double weight = stems.of(stem) * (names.contains(stem) ? NAME : 1);
            covered += weight * coverage.of(stem);
            total += weight;
        }
        return covered / total;
    }

    private double spelling(Map<String, Integer> a, Map<String, Integer> b) {
        double common = 0;
        double total = 0;
        for (Map.Entry<String, Integer> gram : a.entrySet()) {
            double weight = grams.of(gram.getKey());
            common += weight * Math.min(gram.getValue(), b.getOrDefault(gram.getKey(), 0));
            total += weight * gram.getValue();
        }
        for (Map.Entry<String, Integer> gram : b.entrySet()) {
            total += grams.of(gram.getKey()) * gram.getValue();
        }
        return 2 * common / total;
    }

    private static List<String> head(List<String> stems) {
        return stems.subList(0, Math.min(stems.size(), MOST_ORDERED_WORDS));
    }

    private static void order(Map<Feature, Double> values, List<String> a, List<String> b) {
        double common = longestCommonSubsequence(a, b);
        values.put(Feature.ORDER_LONGER, common / Math.max(a.size(), b.size()));
        values.put(Feature.ORDER_SHORTER, common / Math.min(a.size(), b.size()));
    }

    private static int longestCommonSubsequence(List<String> a, List<String> b) {
        int[] lengths = new int[b.size() + 1];
        for (String stem : a) {
            int diagonal = 0;
            for (int j = 1; j < lengths.length; j++) {
                int above = lengths[j];
                lengths[j] = stem.equals(b.get(j - 1)) ? diagonal + 1 : Math.max(above, lengths[j - 1]);
                diagonal = above;
            }
        }
        return lengths[b.size()];
    }

    private static void numbers(Map<Feature, Double> values, Set<String> a, Set<String> b) {
        boolean comparable = !a.isEmpty() && !b.isEmpty();
        long common = a.stream().filter(b::contains).count();
        values.put(Feature.SAME_NUMBERS, comparable ? 2.0 * common / (a.size() + b.size()) : 0);
        values.put(Feature.OTHER_NUMBERS, comparable && common == 0 ? 1.0 : 0.0);
        values.put(Feature.ONE_HAS_NUMBERS, a.isEmpty() == b.isEmpty() ? 0.0 : 1.0);
    }
}

package dev.melancia.similarity;

import static java.util.Objects.requireNonNull;

/**
 * Tells how similar in meaning two Portuguese texts are, without a model of language: a weighted sum of nine features, fitted
 * to people's ratings of 3,000 pairs of news sentences (ASSIN 2016). Not for judging facts: a wrong number or a missing "não"
 * lowers it only a little, and it cannot see contradiction. Not for other languages: English gives mere overlap of words.
 *
 * <p>Reading the model takes some milliseconds and 100 kB: keep the instance. Immutable and safe for any thread. Time grows
 * with the texts' lengths; only the first 1,000 words of each are compared in their order.
 *
 * @since 0.1.0
 */
public final class PortugueseSimilarity {

    private final Model model;
    private final Features features;

    private PortugueseSimilarity(Model model, Synonyms synonyms) {
        this.model = model;
        features = model.features(synonyms);
    }

    /** The similarity that ships with this library. */
    public static PortugueseSimilarity create() {
        return new PortugueseSimilarity(ModelFiles.model(), ModelFiles.synonyms());
    }

    /**
     * The similarity of two texts in [0, 1], the same in either order: 1 for the same words in the same order, whatever their
     * case, accents and punctuation; 0 for nothing in common. A text without a letter or digit is similar only to another
     * such text. Only order and differences carry meaning: 0.8 is no probability.
     */
    public double between(String a, String b) {
        Reading first = new Reading(requireNonNull(a, "a"));
        Reading second = new Reading(requireNonNull(b, "b"));
        if (first.words().equals(second.words())) {
            return 1;
        }
        if (first.words().isEmpty() || second.words().isEmpty()) {
            return 0;
        }
        /* One order of summation, so that the last bits agree, too. */
        boolean inOrder = a.compareTo(b) <= 0;
        return model.similarity(inOrder ? features.of(first, second) : features.of(second, first));
    }
}

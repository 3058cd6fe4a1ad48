package dev.melancia.scorer;

import dev.melancia.similarity.PortugueseSimilarity;

/** How alike in meaning the answer and the best reference are, by {@link PortugueseSimilarity}. Immutable. */
final class Likeness implements Scorer {

    private final PortugueseSimilarity similarity = PortugueseSimilarity.create();

    @Override
    public String name() {
        return "similarity";
    }

    @Override
    public String measures() {
        return "Likeness of meaning to the best reference, 1 for the same words in the same order";
    }

    @Override
    public String blindTo() {
        return "contradiction: a wrong number or a missing \"não\" lowers it little; a full sentence around a short reference"
                + " lowers it much";
    }

    @Override
    public String agreement() {
        return "Pearson 0.746 [0.730, 0.760] with people on 3,000 sentence pairs (ASSIN 2016, cross-validated); "
                + Agreement.onFaquadAnswers("0.884 [0.855, 0.912]");
    }

    @Override
    public Score score(Question question, Answer answer) {
        return References.best(
                question,
                answer,
                (said, wanted) -> similarity.between(String.join(" ", said), String.join(" ", wanted)));
    }
}

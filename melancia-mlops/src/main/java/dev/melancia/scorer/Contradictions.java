package dev.melancia.scorer;

import java.util.List;

/** What sets two statements against each other, as far as words show it. */
final class Contradictions {

    private Contradictions() {}

    /** Whether the text, beside what is known, says the opposite of a word of the statement that it does not say. */
    static boolean opposite(Terms text, Terms statement, Terms known) {
        return statement.stream()
                .filter(term -> !text.has(term))
                .anyMatch(term -> text.stream().anyMatch(said -> !known.has(said) && said.reverses(term)));
    }

    /** Of the words that both have and at least one negates, the share that the other does not; in [0, 1]. */
    static double turned(Terms text, Terms statement) {
        List<Term> polar = text.stream()
                .filter(term -> !term.isLight() && !term.isNegation() && statement.has(term))
                .filter(term -> text.negates(term) || statement.negates(term))
                .toList();
        long turned = polar.stream()
                .filter(term -> text.negates(term) ? statement.affirms(term) : text.affirms(term))
                .count();
        return polar.isEmpty() ? 0 : (double) turned / polar.size();
    }
}

package dev.melancia.scorer;

import java.util.List;

/**
 * One answer to one question against its references.
 *
 * <p>For the maintainer. A word of the question is no evidence, for a full sentence restates it and a wrong one does so,
 * too; what the reference says beyond the question is the key. The likeness is a Tversky index (A. Tversky, Features of
 * similarity, 1977, <a href="https://doi.org/10.1037/0033-295X.84.4.327">doi</a>) of the key's weight found against the
 * weight missing and the weight of words that nobody asked for, times a dilution, which lets nothing long pass, times
 * {@link #CONTRADICTED} for each kind of contradiction: another number, an opposite, a "não" too many or too few.
 * Numbers weigh double; words that carry any sentence weigh little; words that the context repeats, or that only some
 * references have, weigh less. The constants were set before any label was read; only the dilution was tightened later,
 * against gaming. Halving or doubling a weight, the room or {@link #CONTRADICTED} moves the AUC on the labelled answers by
 * at most .005, so they were not fitted.
 *
 * @param question the question's terms
 * @param answer the answer's, repetitions of the question aside
 * @param references at least one, none empty
 * @param topic the question's context
 * @param affirmed whether the answer says the question's words as a statement, and denies nothing
 */
record KeyComparison(Terms question, Terms answer, List<Terms> references, Topic topic, boolean affirmed) {

    private static final double LIGHT_WEIGHT = .2;
    private static final double NUMBER_WEIGHT = 2;
    private static final double UNASKED = .25;
    private static final double UNASKED_ELSEWHERE = .5;
    private static final double CONTRADICTED = .4;
    /** So many words beside the question's and the key's an answer may say before it is diluted to one half. */
    private static final double ROOM = 6;

    private static final double MOST_ROOM_FOR_KEY = 6;

    /** In [0, 1], the best over the references. */
    double best() {
        return references.stream().mapToDouble(this::likeness).max().orElse(0);
    }

    private double likeness(Terms reference) {
        Terms key = key(reference);
        Terms evidence = key == reference ? answer : answer.withoutStemsOf(question);
        double wanted = key.sum(this::weight);
        double found = key.sum(term -> weight(term) * match(evidence, term));
        double unasked = answer.sum(this::unasked);
        double index = found / (wanted + UNASKED * Math.min(unasked, wanted));
        return index * dilution(unasked, wanted) * agreement(reference, key);
    }

    /** What the reference says beyond the question; all of it when that is nothing. */
    private Terms key(Terms reference) {
        Terms key = reference.without(question);
        boolean says = key.stream().anyMatch(term -> !term.isLight());
        return says || key.sum(this::weight) > reference.sum(this::weight) / 2 ? key : reference;
    }

    private double weight(Term term) {
        double kind = term.isLight() ? LIGHT_WEIGHT : term.isNumber() ? NUMBER_WEIGHT : 1;
        return kind * topic.rarity(term) * consensus(term);
    }

    private double consensus(Term term) {
        long having =
                references.stream().filter(reference -> reference.has(term)).count();
        return (double) having / references.size();
    }

    /** In Portuguese yes is said by repeating the question's verb: "Pode." */
    private double match(Terms evidence, Term term) {
        return term.affirms() && affirmed ? 1 : evidence.match(term);
    }

    /** The weight of a word that neither the question nor any reference has. */
    private double unasked(Term term) {
        if (term.isLight() || term.isNegation()) {
            return 0;
        }
        double referred = references.stream()
                .mapToDouble(reference -> reference.match(term))
                .max()
                .orElse(0);
        double unknown = 1 - Math.max(question.match(term), referred);
        return unknown * (topic.isKnown() && !topic.has(term) ? UNASKED_ELSEWHERE : 1);
    }

    private double dilution(double unasked, double wanted) {
        double asked = question.sum(term -> term.isLight() ? 0 : 1);
        double room = ROOM + asked + Math.min(wanted, MOST_ROOM_FOR_KEY);
        return 1 / (1 + Math.pow(unasked / room, 4));
    }

    private double agreement(Terms reference, Terms key) {
        Terms known = reference.and(question);
        return (otherNumber(key) ? CONTRADICTED : 1)
                * (Contradictions.opposite(answer, reference, known) ? CONTRADICTED : 1)
                * (1 - (1 - CONTRADICTED) * Contradictions.turned(answer, known));
    }

    private boolean otherNumber(Terms key) {
        return key.stream().anyMatch(term -> term.isNumber() && !answer.has(term))
                && answer.stream().anyMatch(term -> term.isNumber() && !isKnown(term));
    }

    private boolean isKnown(Term term) {
        return question.has(term) || references.stream().anyMatch(reference -> reference.has(term));
    }
}

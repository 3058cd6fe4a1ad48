package dev.melancia.scorer;

import dev.melancia.text.PortugueseWords;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether a free-form answer is right, judged by its best reference and the question: a full sentence that restates the
 * question scores like the bare reference, and a span of the same text that is about something else scores low. Immutable.
 *
 * <p>For the maintainer. A word of the question is no evidence: the question asks for the rest, the key. The score is a
 * Tversky index (A. Tversky, Features of similarity, 1977, <a href="https://doi.org/10.1037/0033-295X.84.4.327">doi</a>)
 * of the key's weight found against the weight missing and the weight of words that nobody asked for, times
 * a dilution, which lets nothing long pass, times {@link #CONTRADICTED} for each kind of contradiction: another
 * number, an opposite, a "não" too many or too few. Words that are frequent in the question's own context tell its topic
 * and weigh less; words that carry any sentence weigh little; numbers weigh double.
 */
final class Correctness implements Scorer {

    private static final double LIGHT_WEIGHT = .2;
    private static final double NUMBER_WEIGHT = 2;
    private static final double UNASKED = .25;
    private static final double UNASKED_ELSEWHERE = .5;
    private static final double CONTRADICTED = .4;
    private static final double ROOM = 6;
    private static final double MOST_ROOM_FOR_KEY = 12;
    private static final double CHANCE = .05;

    @Override
    public String name() {
        return "correctness";
    }

    @Override
    public String measures() {
        return "How surely the answer says what the best reference says in reply to the question";
    }

    @Override
    public String blindTo() {
        return "synonyms that share no stem, who does what to whom, and right facts that no reference has";
    }

    @Override
    public Score score(Question question, Answer answer) {
        return References.settled(question, answer).orElseGet(() -> judged(question, answer));
    }

    private static Score judged(Question question, Answer answer) {
        List<String> asked = PortugueseWords.of(question.text());
        List<String> said = References.withoutEcho(PortugueseWords.of(answer.text()), asked);
        Topic topic = Topic.of(question);
        List<Terms> references = question.references().stream()
                .map(Terms::of)
                .filter(reference -> !reference.isEmpty())
                .toList();
        if (references.isEmpty()) {
            return Score.notApplicable("no reference contains a word");
        }
        Case one = new Case(Terms.of(asked), Terms.of(said), references, topic);
        double best = references.stream().mapToDouble(one::likeness).max().orElse(0);
        return Score.of(Math.max(0, (best - CHANCE) / (1 - CHANCE)));
    }

    /** One answer to one question. */
    private record Case(Terms question, Terms answer, List<Terms> references, Topic topic) {

        double likeness(Terms reference) {
            Terms key = key(reference);
            double wanted = key.sum(this::weight); //
            Terms evidence = key == reference ? answer : answer.withoutStemsOf(question);
            double found = key.sum(term -> weight(term) * evidence.match(term));
            Terms known = reference.and(question);
            double unasked = answer.sum(term -> unasked(term));
            double index = found / (wanted + UNASKED * Math.min(unasked, wanted));
            return index * dilution(unasked, wanted) * contradictions(reference, known, key);
        }

        private Terms key(Terms reference) {
            Terms key = reference.without(question);
            boolean says = key.stream().anyMatch(term -> !term.isLight());
            return says || key.sum(this::weight) > reference.sum(this::weight) / 2 ? key : reference;
        }

        private double consensus(Term term) {
            return references.stream().filter(reference -> reference.has(term)).count() / (double) references.size();
        }

        private double weight(Term term) {
            return (term.isLight() ? LIGHT_WEIGHT : term.isNumber() ? NUMBER_WEIGHT : 1)
                    * topic.rarity(term)
                    * consensus(term);
        }

        /** The weight of a word that neither the question nor any reference has. */
        private double unasked(Term term) {
            if (term.isLight() || PortugueseWords.isNegation(term.word())) {
                return 0;
            }
            double known = Math.max(
                    question.match(term),
                    references.stream()
                            .mapToDouble(reference -> reference.match(term))
                            .max()
                            .orElse(0));
            return (1 - known) * (topic.isKnown() && !topic.has(term) ? UNASKED_ELSEWHERE : 1);
        }

        private double dilution(double unasked, double wanted) {
            double room = ROOM + question.sum(term -> term.isLight() ? 0 : 1) + Math.min(wanted, MOST_ROOM_FOR_KEY);
            return 1 / (1 + Math.pow(unasked / room, 3));
        }

        private double contradictions(Terms reference, Terms known, Terms key) {
            return (otherNumber(key) ? CONTRADICTED : 1)
                    * (opposite(reference, known) ? CONTRADICTED : 1)
                    * (1 - (1 - CONTRADICTED) * turned(reference));
        }

        private boolean otherNumber(Terms key) {
            boolean missing = key.stream().anyMatch(term -> term.isNumber() && !answer.has(term));
            return missing && answer.stream().anyMatch(term -> term.isNumber() && !isKnown(term));
        }

        private boolean isKnown(Term term) {
            return question.has(term) || references.stream().anyMatch(reference -> reference.has(term));
        }

        private boolean opposite(Terms key, Terms known) {
            return key.stream()
                    .filter(term -> !answer.has(term))
                    .anyMatch(term -> answer.stream().anyMatch(said -> !known.has(said) && said.reverses(term)));
        }

        /** Of the words that both have and one negates, the share that the other does not. */
        private double turned(Terms reference) {
            List<Term> polar = answer.stream()
                    .filter(term -> !term.isLight() && (reference.has(term) || question.has(term)))
                    .filter(term -> answer.negates(term) || states(reference, term))
                    .toList();
            long turned = polar.stream()
                    .filter(term -> answer.negates(term) != states(reference, term))
                    .count();
            return polar.isEmpty() ? 0 : (double) turned / polar.size();
        }

        private boolean states(Terms reference, Term term) {
            return reference.negates(term) || question.negates(term);
        }
    }

    /** The words of the question's own context, if it has one. */
    private record Topic(Map<String, Integer> counts, Set<String> stems) {

        static Topic of(Question question) {
            Map<String, Integer> counts = new HashMap<>();
            question.context()
                    .ifPresent(text -> PortugueseWords.of(text)
                            .forEach(word -> counts.merge(Term.of(word).stem(), 1, Integer::sum)));
            return new Topic(counts, counts.keySet());
        }

        boolean isKnown() {
            return !counts.isEmpty();
        }

        boolean has(Term term) {
            return stems.contains(term.stem());
        }

        double rarity(Term term) {
            return term.isNumber() ? 1 : 1 / (1 + Math.log(Math.max(1, counts.getOrDefault(term.stem(), 1))));
        }
    }
}

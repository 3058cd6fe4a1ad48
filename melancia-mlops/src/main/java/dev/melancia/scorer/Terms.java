package dev.melancia.scorer;

import dev.melancia.text.PortugueseWords;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The distinct terms of a text in order, and which of them it affirms and negates. Immutable. */
final class Terms {

    /** So many words behind a "não" may be what it negates. */
    private static final int REACH_OF_NEGATION = 3;

    private final Set<Term> terms;
    private final Set<String> stems;
    private final Set<String> negated;
    private final Set<String> affirmed;

    private Terms(Collection<Term> terms, Set<String> negated, Set<String> affirmed) {
        this.terms = new LinkedHashSet<>(terms);
        this.stems = stems(terms);
        this.negated = negated;
        this.affirmed = affirmed;
    }

    static Terms of(String text) {
        return of(PortugueseWords.of(text));
    }

    /** From words in the form of {@link PortugueseWords#of}. */
    static Terms of(List<String> words) {
        Map<String, Term> known = new HashMap<>();
        List<Term> all = words.stream()
                .filter(word -> !PortugueseWords.isFunctionWord(word))
                .map(word -> known.computeIfAbsent(word, Term::of))
                .toList();
        Set<String> negated = new HashSet<>();
        Set<String> affirmed = new HashSet<>();
        int reach = 0;
        for (Term term : all) {
            reach = term.isNegation() ? REACH_OF_NEGATION + 1 : reach - 1;
            (reach > 0 ? negated : affirmed).add(term.stem());
        }
        return new Terms(all, negated, affirmed);
    }

    private static Set<String> stems(Collection<Term> terms) {
        Set<String> stems = new HashSet<>();
        terms.forEach(term -> stems.add(term.stem()));
        return stems;
    }

    Stream<Term> stream() {
        return terms.stream();
    }

    boolean isEmpty() {
        return terms.isEmpty();
    }

    /** These and those; what one of them negates is negated, for a question affirms nothing. */
    Terms and(Terms question) {
        List<Term> both = new ArrayList<>(terms);
        both.addAll(question.terms);
        Set<String> either = new HashSet<>(negated);
        either.addAll(question.negated);
        Set<String> rest = new HashSet<>(affirmed);
        rest.addAll(question.affirmed);
        rest.removeAll(either);
        return new Terms(both, either, rest);
    }

    /** Those that are unlike every term of the other text. */
    Terms without(Terms other) {
        return only(terms.stream().filter(term -> other.match(term) == 0).toList());
    }

    /** Those whose stem the other text does not have. */
    Terms withoutStemsOf(Terms other) {
        return only(terms.stream().filter(term -> !other.has(term)).toList());
    }

    private Terms only(List<Term> some) {
        return new Terms(some, negated, affirmed);
    }

    boolean deniesNothing() {
        return terms.stream().noneMatch(Term::isNegation);
    }

    /** Whether it says a word of the other text. */
    boolean touches(Terms other) {
        return terms.stream().anyMatch(other::has);
    }

    boolean has(Term term) {
        return stems.contains(term.stem());
    }

    /** Whether the term is negated wherever it stands. */
    boolean negates(Term term) {
        return negated.contains(term.stem()) && !affirmed.contains(term.stem());
    }

    /** Whether the term is negated nowhere. */
    boolean affirms(Term term) {
        return !negated.contains(term.stem());
    }

    /** How surely the text has the term, in [0, 1]. */
    double match(Term term) {
        return has(term) ? 1 : terms.stream().mapToDouble(term::likeness).max().orElse(0);
    }

    double sum(ToDoubleFunction<Term> weight) {
        return terms.stream().mapToDouble(weight).sum();
    }
}

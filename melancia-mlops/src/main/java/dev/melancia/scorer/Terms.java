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

/** The distinct terms of a text in order, and which of them it negates. Immutable. */
final class Terms {

    /** So many words behind a "não" the word that it negates may stand. */
    private static final int REACH_OF_NEGATION = 3;

    private final Set<Term> terms;
    private final Set<String> stems = new HashSet<>();
    private final Set<String> negated;

    private Terms(Collection<Term> terms, Set<String> negated) {
        this.terms = new LinkedHashSet<>(terms);
        this.terms.forEach(term -> stems.add(term.stem()));
        this.negated = negated;
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
        return new Terms(all, negated(all));
    }

    private static Set<String> negated(List<Term> all) {
        Set<String> negated = new HashSet<>();
        for (int i = 0; i < all.size(); i++) {
            if (PortugueseWords.isNegation(all.get(i).word())) {
                all.subList(i + 1, Math.min(all.size(), i + 1 + REACH_OF_NEGATION)).stream()
                        .filter(term -> !term.isLight())
                        .forEach(term -> negated.add(term.stem()));
            }
        }
        return Set.copyOf(negated);
    }

    Stream<Term> stream() {
        return terms.stream();
    }

    boolean isEmpty() {
        return terms.isEmpty();
    }

    /** These and those, each negated as it is. */
    Terms and(Terms more) {
        List<Term> both = new ArrayList<>(terms);
        both.addAll(more.terms);
        Set<String> either = new HashSet<>(negated);
        either.addAll(more.negated);
        return new Terms(both, Set.copyOf(either));
    }

    /** Those that the other text does not have. */
    Terms without(Terms other) {
        return new Terms(terms.stream().filter(term -> other.match(term) == 0).toList(), negated);
    }

    Terms withoutStemsOf(Terms other) {
        return new Terms(
                terms.stream()
                        .filter(term -> !other.stems.contains(term.stem()))
                        .toList(),
                negated);
    }

    boolean has(Term term) {
        return stems.contains(term.stem());
    }

    boolean negates(Term term) {
        return negated.contains(term.stem());
    }

    /** How surely the text has the term, in [0, 1]. */
    double match(Term term) {
        return has(term) ? 1 : terms.stream().mapToDouble(term::likeness).max().orElse(0);
    }

    double sum(ToDoubleFunction<Term> weight) {
        return terms.stream().mapToDouble(weight).sum();
    }
}

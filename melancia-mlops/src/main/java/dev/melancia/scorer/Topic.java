package dev.melancia.scorer;

import dev.melancia.text.PortugueseWords;
import java.util.HashMap;
import java.util.Map;

/** How often the stems of a question's own context occur in it; nothing is known without a context. Immutable. */
record Topic(Map<String, Integer> counts) {

    Topic {
        counts = Map.copyOf(counts);
    }

    static Topic of(Question question) {
        Map<String, Integer> counts = new HashMap<>();
        Map<String, Term> known = new HashMap<>();
        question.context()
                .ifPresent(text -> PortugueseWords.of(text)
                        .forEach(word -> counts.merge(
                                known.computeIfAbsent(word, Term::of).stem(), 1, Integer::sum)));
        return new Topic(counts);
    }

    boolean isKnown() {
        return !counts.isEmpty();
    }

    boolean has(Term term) {
        return counts.containsKey(term.stem());
    }

    /** In (0, 1]: a word that the context repeats names its topic, and tells little about which statement is meant. */
    double rarity(Term term) {
        return term.isNumber() ? 1 : 1 / (1 + Math.log(counts.getOrDefault(term.stem(), 1)));
    }
}

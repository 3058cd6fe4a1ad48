package dev.melancia.similarity;

import dev.melancia.text.PortugueseStemmer;
import dev.melancia.text.PortugueseWords;
import dev.melancia.text.ProperNames;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the features look at in one text. Immutable. */
final class Reading {

    private static final int GRAM = 3;

    private final List<String> words;
    private final List<String> stems;
    private final Set<String> distinctStems;
    private final Set<String> content;
    private final Set<String> names;
    private final Set<String> numbers;
    private final boolean negated;
    private final Map<String, Integer> grams = new HashMap<>();

    Reading(String text) {
        words = PortugueseWords.of(text);
        stems = words.stream().map(PortugueseStemmer::stem).toList();
        distinctStems = new HashSet<>(stems);
        content = stems(PortugueseWords.content(words));
        names = stems(ProperNames.of(text));
        numbers = new LinkedHashSet<>(words);
        numbers.removeIf(word -> !PortugueseWords.isNumber(word));
        negated = words.stream().anyMatch(PortugueseWords::isNegation);
        String joined = " " + String.join(" ", words) + " ";
        for (int i = 0; i + GRAM <= joined.length(); i++) {
            grams.merge(joined.substring(i, i + GRAM), 1, Integer::sum);
        }
    }

    private static Set<String> stems(Set<String> words) {
        Set<String> stems = new LinkedHashSet<>();
        words.forEach(word -> stems.add(PortugueseStemmer.stem(word)));
        return stems;
    }

    /** In order. */
    List<String> words() {
        return words;
    }

    /** Of all words, in order. */
    List<String> stems() {
        return stems;
    }

    Set<String> distinctStems() {
        return distinctStems;
    }

    /** Distinct stems of words that carry meaning. */
    Set<String> content() {
        return content;
    }

    /** Stems of proper names. */
    Set<String> names() {
        return names;
    }

    Set<String> numbers() {
        return numbers;
    }

    /** Whether some word negates. */
    boolean negated() {
        return negated;
    }

    /** How often each character trigram occurs in the words between blanks. */
    Map<String, Integer> grams() {
        return grams;
    }
}

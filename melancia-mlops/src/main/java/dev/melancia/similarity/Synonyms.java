package dev.melancia.similarity;

import dev.melancia.text.PortugueseStemmer;
import dev.melancia.text.PortugueseWords;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Groups of words that often stand for each other. Immutable. */
final class Synonyms {

    private final Map<String, Set<Integer>> groups = new HashMap<>();

    /** One group a line, words between blanks; lines that begin with # are comments. */
    Synonyms(List<String> lines) {
        for (int line = 0; line < lines.size(); line++) {
            int group = line;
            if (!lines.get(line).startsWith("#")) {
                PortugueseWords.of(lines.get(line))
                        .forEach(word -> groups.computeIfAbsent(PortugueseStemmer.stem(word), key -> new HashSet<>())
                                .add(group));
            }
        }
    }

    /** Numbers of the groups that hold a word with this stem. */
    Set<Integer> groups(String stem) {
        return groups.getOrDefault(stem, Set.of());
    }
}

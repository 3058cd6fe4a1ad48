package dev.melancia.scorer;

import dev.melancia.text.PortugueseStemmer;
import dev.melancia.text.PortugueseWords;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which words of one line of a word list go together; compared by stem. Immutable. */
final class Lexicon {

    /** Words that often stand for each other. */
    static final Lexicon SYNONYMS = read("synonyms.txt", "/dev/melancia/similarity/synonyms-pt.txt");

    /** Words that exclude each other where one stands in the other's place. */
    static final Lexicon OPPOSITES = read("opposites.txt");

    private final Map<String, Set<String>> partners;

    private Lexicon(Map<String, Set<String>> partners) {
        this.partners = partners;
    }

    /** Whether two different stems stand in one line. */
    boolean joins(String stem, String other) {
        return partners.getOrDefault(stem, Set.of()).contains(other);
    }

    private static Lexicon read(String... resources) {
        List<String> lines = new ArrayList<>();
        for (String resource : resources) {
            lines.addAll(lines(resource));
        }
        return of(lines);
    }

    private static List<String> lines(String resource) {
        try (InputStream in = Lexicon.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + resource + "; was it shaded without resources?");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Lexicon of(List<String> lines) {
        Map<String, Set<String>> partners = new HashMap<>();
        for (String line : lines) {
            Set<String> stems = PortugueseWords.of(line).stream()
                    .map(PortugueseStemmer::stem)
                    .collect(Collectors.toSet());
            stems.forEach(stem ->
                    partners.computeIfAbsent(stem, unused -> new HashSet<>()).addAll(stems));
        }
        partners.forEach((stem, others) -> others.remove(stem));
        return new Lexicon(partners);
    }
}

package dev.melancia.scorer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Guesses the language of a text from its frequent words, endings and letters. Immutable.
 *
 * <p>For the maintainer. Each word gives 2 points to a language whose word it is, shared out among the languages that have
 * it, and .5 for an ending, beginning or group of letters, shared likewise. The language with most points wins when it has at
 * least {@link #LEAST_POINTS} and leads the next by {@link #LEAST_LEAD} of its points.
 */
final class LanguageProfiles {

    static final LanguageProfiles SHIPPED = read();
    static final int LEAST_WORDS = 3;

    private static final double LEAST_POINTS = 1.5;
    private static final double LEAST_LEAD = 0.08;
    private static final double WORD_POINTS = 2;
    private static final double SHAPE_POINTS = 0.5;
    private static final int LONGEST = 20_000;
    private static final Pattern WORD = Pattern.compile("[¿¡]?\\p{L}+");
    /** Marked-up code, addresses and quoted names say nothing about the language around them. */
    private static final Pattern NOISE = Pattern.compile("(?s)```.*?(?:```|$)|`[^`\\n]*`|https?://\\S+|\\S+@\\S+");

    private final Map<String, Set<String>> words = new LinkedHashMap<>();
    private final Map<String, Set<String>> shapes = new LinkedHashMap<>();

    private LanguageProfiles() {}

    /** Codes of the languages it knows, such as {@code pt}. */
    Set<String> languages() {
        return words.keySet();
    }

    /** The language's code; empty for fewer than three words, and when no language leads clearly. */
    Optional<String> of(String text) {
        String some = text.length() <= LONGEST ? text : text.substring(0, LONGEST);
        List<String> found = WORD.matcher(NOISE.matcher(Normalizer.normalize(some, Normalizer.Form.NFC))
                        .replaceAll(" "))
                .results()
                .map(MatchResult::group)
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
        if (found.size() < LEAST_WORDS) {
            return Optional.empty();
        }
        Map<String, Double> points = new HashMap<>();
        for (String word : found) {
            add(points, owners(words, word, false), WORD_POINTS);
            add(points, owners(shapes, word, true), SHAPE_POINTS);
        }
        return leader(points);
    }

    private static Optional<String> leader(Map<String, Double> points) {
        String best = "";
        double first = 0;
        double second = 0;
        for (Map.Entry<String, Double> entry : points.entrySet()) {
            if (entry.getValue() > first) {
                second = first;
                first = entry.getValue();
                best = entry.getKey();
            } else {
                second = Math.max(second, entry.getValue());
            }
        }
        return first >= LEAST_POINTS && first - second >= LEAST_LEAD * first ? Optional.of(best) : Optional.empty();
    }

    private static Set<String> owners(Map<String, Set<String>> profiles, String word, boolean shape) {
        Set<String> owners = new HashSet<>();
        profiles.forEach((language, marks) -> {
            if (shape ? marks.stream().anyMatch(mark -> hasShape(word, mark)) : marks.contains(word)) {
                owners.add(language);
            }
        });
        return owners;
    }

    private static boolean hasShape(String word, String mark) {
        if (mark.startsWith("~")) {
            return word.contains(mark.substring(1));
        }
        return mark.startsWith("-")
                ? word.length() > mark.length() && word.endsWith(mark.substring(1))
                : word.length() > mark.length() && word.startsWith(mark.substring(0, mark.length() - 1));
    }

    private static void add(Map<String, Double> points, Set<String> owners, double value) {
        owners.forEach(owner -> points.merge(owner, value / owners.size(), Double::sum));
    }

    private static LanguageProfiles read() {
        LanguageProfiles profiles = new LanguageProfiles();
        try (InputStream in = LanguageProfiles.class.getResourceAsStream("languages.txt")) {
            if (in == null) {
                throw new IllegalStateException("languages.txt is missing from the jar");
            }
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .forEach(profiles::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return profiles;
    }

    private void add(String line) {
        String[] parts = line.strip().split(" +", -1);
        for (int i = 1; i < parts.length; i++) {
            boolean shape = parts[i].startsWith("~") || parts[i].startsWith("-") || parts[i].endsWith("-");
            (shape ? shapes : words)
                    .computeIfAbsent(parts[0], language -> new HashSet<>())
                    .add(parts[i]);
        }
    }
}

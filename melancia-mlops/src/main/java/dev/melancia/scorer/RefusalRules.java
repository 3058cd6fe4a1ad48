package dev.melancia.scorer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The phrases of {@code refusal-rules.txt}, by what a clause with one of them does. Immutable. */
final class RefusalRules {

    /** What a clause does. */
    enum Kind {
        REFUSES,
        LIMITS,
        LEADS,
        ABOUT,
        RESTATES,
        SOURCES,
        UNSAID,
        COURTESIES,
        REPORTS,
        GUESSES,
        LETTERS,
        REGRETS,
        EXEMPT
    }

    static final RefusalRules SHIPPED = read();

    private final Map<Kind, List<Pattern>> patterns;

    private RefusalRules(Map<Kind, List<Pattern>> patterns) {
        this.patterns = patterns;
    }

    /** Whether a rule of the kind occurs in a clause. */
    boolean has(Kind kind, String clause) {
        return patterns.getOrDefault(kind, List.of()).stream()
                .anyMatch(pattern -> pattern.matcher(clause).find());
    }

    /** A rule of the kind that occurs in a clause: where it begins; -1 without one. */
    int start(Kind kind, String clause) {
        return patterns.getOrDefault(kind, List.of()).stream()
                .map(pattern -> pattern.matcher(clause))
                .filter(Matcher::find)
                .mapToInt(Matcher::start)
                .min()
                .orElse(-1);
    }

    private static RefusalRules read() {
        Map<String, String> names = new LinkedHashMap<>();
        Map<Kind, List<Pattern>> patterns = new EnumMap<>(Kind.class);
        List<Pattern> kind = new ArrayList<>();
        for (String line : lines()) {
            if (line.startsWith("[")) {
                kind = new ArrayList<>();
                patterns.put(Kind.valueOf(line.substring(1, line.length() - 1).toUpperCase(Locale.ROOT)), kind);
            } else if (line.startsWith("<") && line.contains("> = ")) {
                int end = line.indexOf("> = ");
                names.put(line.substring(0, end + 1), "(?:" + expand(line.substring(end + 4), names) + ")");
            } else if (!line.isBlank() && !line.startsWith("#")) {
                kind.add(Pattern.compile("(?<!\\w)(?:" + expand(line, names) + ")(?:(?!\\w)|(?<= ))"));
            }
        }
        return new RefusalRules(patterns);
    }

    private static String expand(String rule, Map<String, String> names) {
        String expanded = rule;
        for (Map.Entry<String, String> name : names.entrySet()) {
            expanded = expanded.replace(name.getKey(), name.getValue());
        }
        return expanded;
    }

    private static List<String> lines() {
        try (InputStream in = RefusalRules.class.getResourceAsStream("refusal-rules.txt")) {
            if (in == null) {
                throw new IllegalStateException("refusal-rules.txt is missing from the jar");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.melancia.similarity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How much of a text another text covers: with the same stem, a synonym, or a stem that begins alike. Immutable. */
final class Coverage {

    private static final double SYNONYM = .9;
    private static final double ALIKE = .8;
    private static final int BEGINNING = 3;
    /** Stems with one beginning that are compared; a bound for odd texts only. */
    private static final int MOST_ALIKE = 50;

    private final Synonyms synonyms;
    private final Set<String> stems;
    private final Set<Integer> groups = new HashSet<>();
    private final Map<String, List<String>> beginnings = new HashMap<>();

    /** By this text. */
    Coverage(Reading by, Synonyms synonyms) {
        this.synonyms = synonyms;
        stems = by.distinctStems();
        for (String stem : by.content()) {
            groups.addAll(synonyms.groups(stem));
            if (isComparable(stem)) {
                List<String> alike = beginnings.computeIfAbsent(stem.substring(0, BEGINNING), key -> new ArrayList<>());
                if (alike.size() < MOST_ALIKE) {
                    alike.add(stem);
                }
            }
        }
    }

    /** In [0, 1]; 1 when the text has the stem. */
    double of(String stem) {
        if (stems.contains(stem)) {
            return 1;
        }
        boolean synonym = synonyms.groups(stem).stream().anyMatch(groups::contains);
        return Math.max(synonym ? SYNONYM : 0, ALIKE * alike(stem));
    }

    private double alike(String stem) {
        double best = 0;
        if (isComparable(stem)) {
            for (String other : beginnings.getOrDefault(stem.substring(0, BEGINNING), List.of())) {
                best = Math.max(best, (double) commonBeginning(stem, other) / Math.max(stem.length(), other.length()));
            }
        }
        return best;
    }

    private static int commonBeginning(String a, String b) {
        int end = Math.min(a.length(), b.length());
        int at = 0;
        while (at < end && a.charAt(at) == b.charAt(at)) {
            at++;
        }
        return at;
    }

    /** Numbers that begin alike are different numbers. */
    private static boolean isComparable(String stem) {
        return stem.length() >= BEGINNING && !Character.isDigit(stem.charAt(0));
    }
}

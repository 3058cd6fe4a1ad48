package dev.melancia.tracking;

import dev.melancia.analysis.Metric;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Keys that MLflow takes, one for each metric of a subject. Confined to one thread. */
final class MetricKeys {

    private static final int MOST_CHARACTERS = 200;
    private static final String PUNCTUATION = "_-.: ";

    private final Set<String> taken = new HashSet<>();

    /** A key without {@code /}; a number tells metrics apart whose names become the same. */
    String of(Metric metric) {
        String key = metric.kind() == Metric.Kind.QUALITY ? allowed(metric.name()) : withUnit(metric);
        String unique = key;
        for (int i = 2; !taken.add(unique.toLowerCase(Locale.ROOT)); i++) {
            unique = key + " " + i;
        }
        return unique;
    }

    private static String withUnit(Metric metric) {
        String unit = metric.unit().equals("tokens") ? "" : metric.unit();
        String name = unit.isEmpty() ? metric.name() : metric.name() + "_" + unit.replace("/", "_per_");
        return allowed(name.replace(' ', '_').toLowerCase(Locale.ROOT));
    }

    private static String allowed(String name) {
        StringBuilder key = new StringBuilder();
        name.replace("@", " at ")
                .codePoints()
                .limit(MOST_CHARACTERS)
                .forEach(c -> key.appendCodePoint(isAllowed(c) ? c : '_'));
        String text = key.toString();
        return text.isBlank() || text.startsWith(".") ? "_" + text : text;
    }

    private static boolean isAllowed(int character) {
        return Character.isLetterOrDigit(character) || PUNCTUATION.indexOf(character) >= 0;
    }
}

package dev.melancia.mlflow.prompt;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The variables of a template, by Python's rule for their names, filled in one pass: what a value says is never taken
 * for a variable, or the question of a user could ask for the value of another.
 */
final class Variables {

    // Python's pattern is one of text: its \s knows the spaces of Unicode.
    private static final Pattern VARIABLE =
            Pattern.compile("\\{\\{[\\s\\p{Z}]*([a-zA-Z_][a-zA-Z0-9_]*(?:\\.[a-zA-Z_][a-zA-Z0-9_]*)*)[\\s\\p{Z}]*}}");

    private Variables() {}

    static Set<String> in(String text) {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = VARIABLE.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    static String fill(String text, Map<String, String> values) {
        return VARIABLE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
    }

    static void check(Set<String> names, Map<String, String> values) {
        Set<String> missing = new TreeSet<>(names);
        missing.removeAll(values.keySet());
        Set<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(names);
        if (!missing.isEmpty() || !unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "values must be those of the template's variables " + new TreeSet<>(names)
                            + (missing.isEmpty() ? "" : ", missing " + missing)
                            + (unknown.isEmpty() ? "" : ", unknown " + unknown));
        }
    }

    /** Two braces that open no variable are a slip of the pen, which Python would send to the model as it stands. */
    static void checkBraces(String text) {
        String rest = VARIABLE.matcher(text).replaceAll(found -> " ".repeat(found.end() - found.start()));
        int at = rest.indexOf("{{");
        if (at >= 0) {
            throw new IllegalArgumentException("\"{{\" must begin a variable such as {{ name }}, at character "
                    + text.codePointCount(0, at) + " it does not; close it, or put a space between braces that are"
                    + " meant as text");
        }
    }
}

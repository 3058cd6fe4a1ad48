package dev.melancia.examples.extractive;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads and writes the sources of an answer, written {@code [fonte: rm-07]} after the quotation. It knows nothing of
 * how other models cite. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
public final class AnswerSources {

    static final String ID = "[A-Za-z0-9][A-Za-z0-9._-]*";

    private static final Pattern MARK = Pattern.compile("\\[fonte: (" + ID + ")]");

    private AnswerSources() {}

    /** Ids of the passages that the answer names, each once, in the order of the text; empty for a refusal. */
    public static List<String> of(String answer) {
        return MARK.matcher(requireNonNull(answer, "answer"))
                .results()
                .map(mark -> mark.group(1))
                .distinct()
                .toList();
    }

    static String mark(String id) {
        return "[fonte: " + id + "]";
    }
}

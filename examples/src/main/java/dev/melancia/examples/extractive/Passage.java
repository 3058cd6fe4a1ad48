package dev.melancia.examples.extractive;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * One text of a knowledge base, short enough to be quoted whole. Immutable.
 *
 * @param id what an answer names as its source: letters, digits, dots, dashes and underscores, starting with a letter
 *     or digit
 * @param title what the text is about, not blank
 * @param text whole sentences, not blank
 * @since 0.1.0
 */
public record Passage(String id, String title, String text) {

    private static final Pattern ID = Pattern.compile(AnswerSources.ID);

    public Passage {
        requireNonNull(id, "id");
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("id must be letters, digits, dots, dashes and underscores, starting"
                    + " with a letter or digit (such as rm-01), was \"" + id + "\"");
        }
        requireNotBlank("title", title, id);
        requireNotBlank("text", text, id);
    }

    private static void requireNotBlank(String name, String value, String id) {
        if (requireNonNull(value, name).isBlank()) {
            throw new IllegalArgumentException(name + " must not be blank, passage was \"" + id + "\"");
        }
        if (!AnswerSources.of(value).isEmpty()) {
            throw new IllegalArgumentException(
                    name + " must not hold a source mark, which answers end with, passage was \"" + id + "\"");
        }
    }
}

package dev.melancia.scorer;

import static java.util.Objects.requireNonNull;

/**
 * How well the sources support one sentence of an answer. Immutable.
 *
 * @param sentence the sentence, with fragments beside it
 * @param support in [0, 1]: 0 not at all or contradicted, 1 fully
 * @param reason why it is below 1, such as {@code the number 30 is in no source}; empty for 1
 * @since 0.1.0
 */
public record SentenceSupport(String sentence, double support, String reason) {

    public SentenceSupport {
        requireNonNull(sentence, "sentence");
        requireNonNull(reason, "reason");
        if (!(support >= 0 && support <= 1)) {
            throw new IllegalArgumentException("support must be in [0, 1], was " + support);
        }
    }

    /** The figure only: the text stays out of logs. */
    @Override
    public String toString() {
        return "SentenceSupport[" + support + "]";
    }
}

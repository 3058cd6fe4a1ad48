package dev.melancia.routing;

import static java.util.Objects.requireNonNull;

import dev.melancia.flags.FlagEvaluation;

/**
 * A flag that took part in a decision. Immutable.
 *
 * @param flag its key
 * @param value the value it had, as text
 * @param reason why it had it, in OpenFeature's words, such as {@code STATIC}
 * @since 0.1.0
 */
public record FlagSeen(String flag, String value, String reason) {

    public FlagSeen {
        requireNonNull(flag, "flag");
        requireNonNull(value, "value");
        requireNonNull(reason, "reason");
    }

    static FlagSeen of(FlagEvaluation<?> evaluation) {
        return new FlagSeen(
                evaluation.key(),
                String.valueOf(evaluation.value()),
                evaluation.reason().toString());
    }
}

package dev.melancia.routing;

import static java.util.Objects.requireNonNull;

import dev.melancia.provider.ModelId;

/**
 * A candidate that a decision passed over, and why. Immutable.
 *
 * @param model the candidate
 * @param reason in words, such as {@code does not declare TOOLS}
 * @since 0.1.0
 */
public record Rejection(ModelId model, String reason) {

    public Rejection {
        requireNonNull(model, "model");
        requireNonNull(reason, "reason");
    }

    @Override
    public String toString() {
        return model + ": " + reason;
    }
}

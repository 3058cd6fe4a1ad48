package dev.melancia.router;

import static java.util.Objects.requireNonNull;

import dev.melancia.MelanciaException;

/**
 * A request breaks one of the host's {@link RequestLimits}. No model was called and no money spent.
 *
 * @since 0.1.0
 */
public final class RequestLimitException extends MelanciaException {

    private static final long serialVersionUID = 1L;

    private final String field;

    RequestLimitException(String field, String message) {
        super(message);
        this.field = requireNonNull(field, "field");
    }

    /** What is wrong: {@code question}, {@code tier} or {@code maxOutputTokens}. */
    public String field() {
        return field;
    }
}

package dev.melancia.routing;

import dev.melancia.MelanciaException;

/**
 * A document does not hold a routing policy; the message names the place in it, the rule, the value found and the remedy.
 *
 * @since 0.1.0
 */
public final class RoutingPolicyFormatException extends MelanciaException {

    private static final long serialVersionUID = 1L;

    private final String path;

    RoutingPolicyFormatException(String path, String message) {
        super(message);
        this.path = path;
    }

    RoutingPolicyFormatException(String path, String message, Throwable cause) {
        super(message, cause);
        this.path = path;
    }

    /** Where in the document, such as {@code rules[2].when.fewerWordsThan}; empty for the document as a whole. */
    public String path() {
        return path;
    }
}

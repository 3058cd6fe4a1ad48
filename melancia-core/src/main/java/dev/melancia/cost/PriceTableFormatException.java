package dev.melancia.cost;

import dev.melancia.MelanciaException;

/**
 * A document does not hold a price table; the message names the place in it, the rule, the value found and the remedy.
 *
 * @since 0.1.0
 */
public final class PriceTableFormatException extends MelanciaException {

    private static final long serialVersionUID = 1L;

    private final String path;

    PriceTableFormatException(String path, String message) {
        super(message);
        this.path = path;
    }

    PriceTableFormatException(String path, String message, Throwable cause) {
        super(message, cause);
        this.path = path;
    }

    /** Where in the document, such as {@code prices[2].validFrom}; empty for the document as a whole. */
    public String path() {
        return path;
    }
}

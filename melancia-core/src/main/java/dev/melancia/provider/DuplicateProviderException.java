package dev.melancia.provider;

import dev.melancia.MelanciaException;

/**
 * Two providers claim one id. Remove one from the class path, or register the one that is meant: explicit registration
 * wins over discovery.
 *
 * @since 0.1.0
 */
public final class DuplicateProviderException extends MelanciaException {

    private static final long serialVersionUID = 1L;

    private final String id;

    DuplicateProviderException(String id, String firstClass, String secondClass, String remedy) {
        super("two providers have the id \"" + id + "\": " + firstClass + " and " + secondClass + "; " + remedy);
        this.id = id;
    }

    /** The id that is claimed twice. */
    public String id() {
        return id;
    }
}

package dev.melancia.provider;

import dev.melancia.MelanciaException;
import java.util.List;

/**
 * No provider has the id that was asked for.
 *
 * @since 0.1.0
 */
public final class UnknownProviderException extends MelanciaException {

    private static final long serialVersionUID = 1L;

    private final String id;
    private final List<String> found;

    UnknownProviderException(String id, List<String> found, String remedy) {
        super("unknown provider \"" + id + "\", found " + found + "; " + remedy);
        this.id = id;
        this.found = List.copyOf(found);
    }

    /** The id that was asked for. */
    public String id() {
        return id;
    }

    /** Ids of the providers that are there, in alphabetical order. */
    public List<String> found() {
        return found;
    }
}

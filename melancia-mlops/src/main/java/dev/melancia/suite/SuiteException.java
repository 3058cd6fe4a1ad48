package dev.melancia.suite;

import dev.melancia.MelanciaException;

/**
 * A suite that cannot be read or built; the message names the file, the place in it, what is wrong and the remedy.
 *
 * @since 0.1.0
 */
public final class SuiteException extends MelanciaException {

    private static final long serialVersionUID = 1L;

    SuiteException(String file, String place, String problem) {
        super(file + (place.isEmpty() ? "" : ", " + place) + ": " + problem);
    }
}

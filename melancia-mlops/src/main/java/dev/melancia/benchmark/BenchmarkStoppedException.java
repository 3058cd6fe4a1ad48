package dev.melancia.benchmark;

import dev.melancia.MelanciaException;

/**
 * A run stopped before its end: its thread was interrupted, or its folder's disk is full. What the folder holds is kept, and the
 * message says how to go on.
 *
 * @since 0.1.0
 */
public final class BenchmarkStoppedException extends MelanciaException {

    private static final long serialVersionUID = 1L;

    BenchmarkStoppedException(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.melancia.router;

import dev.melancia.MelanciaException;

/**
 * The caller's thread was interrupted while it waited for a model; its interrupt flag is set again.
 *
 * @since 0.1.0
 */
public final class CallInterruptedException extends MelanciaException {

    private static final long serialVersionUID = 1L;

    CallInterruptedException() {
        super("interrupted while waiting for a model");
    }
}

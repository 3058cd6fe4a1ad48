package dev.melancia.router;

import dev.melancia.MelanciaException;
import dev.melancia.routing.Candidate;

/**
 * A model runs as many calls as its candidate allows, so it was not called. Give the candidate more concurrent calls, or
 * another model to fall back to.
 *
 * @since 0.1.0
 */
public final class ModelBusyException extends MelanciaException {

    private static final long serialVersionUID = 1L;

    ModelBusyException(Candidate candidate) {
        super(candidate.id() + " " + reason(candidate));
    }

    static String reason(Candidate candidate) {
        return "runs as many calls as it may, " + candidate.maxConcurrentCalls();
    }
}

package dev.melancia.router;

import dev.melancia.MelanciaException;
import dev.melancia.provider.ModelId;

/**
 * A stream ended without a finish reason: the server behind it died, and what arrived is a part of an answer.
 *
 * @since 0.1.0
 */
public final class TruncatedAnswerException extends MelanciaException {

    private static final long serialVersionUID = 1L;

    TruncatedAnswerException(ModelId model) {
        super("the stream of " + model + " ended without a finish reason, so the answer is not complete;"
                + " ask again, or look at the model's server");
    }
}

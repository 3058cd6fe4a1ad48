package dev.melancia.router;

import dev.melancia.MelanciaException;
import dev.melancia.provider.ModelId;

/**
 * A budget had too little left for what a call of a model was expected to cost, so the model was not called. Raise the
 * budget, wait for its next hour or day, or give the router a free candidate to fall back to.
 *
 * @since 0.1.0
 */
public final class BudgetSpentException extends MelanciaException {

    private static final long serialVersionUID = 1L;

    BudgetSpentException(ModelId model, String reason) {
        super(model + " was not called: " + reason
                + "; raise the budget, wait for its next hour or day, or add a free candidate");
    }
}

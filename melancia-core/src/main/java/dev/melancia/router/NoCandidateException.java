package dev.melancia.router;

import dev.melancia.MelanciaException;
import dev.melancia.routing.Rejection;
import dev.melancia.routing.RoutingDecision;
import java.util.List;

/**
 * No candidate may take the call: each was rejected, or the caller forced a model that is no candidate. No model was
 * called and no money spent.
 *
 * @since 0.1.0
 */
public final class NoCandidateException extends MelanciaException {

    private static final long serialVersionUID = 1L;

    private final transient List<Rejection> rejections;
    private final boolean refusedForBudget;

    NoCandidateException(RoutingDecision decision) {
        super("no model can take this call: " + decision);
        this.rejections = decision.rejections();
        this.refusedForBudget = decision.isRefusedForBudget();
    }

    /** Whether the spent budget kept a model from answering: the caller may come again when its hour or day is over. */
    public boolean isRefusedForBudget() {
        return refusedForBudget;
    }

    /** Who was rejected and why. Empty in a copy that was serialised. */
    public List<Rejection> rejections() {
        return rejections == null ? List.of() : rejections;
    }
}

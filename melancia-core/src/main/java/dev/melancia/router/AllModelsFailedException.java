package dev.melancia.router;

import dev.melancia.MelanciaException;
import dev.melancia.call.Attempt;
import java.util.List;

/**
 * More than one attempt was made and none answered. The cause is the last error, the earlier ones are suppressed in it.
 * A call with a single attempt throws that attempt's own error instead, unchanged.
 *
 * @since 0.1.0
 */
public final class AllModelsFailedException extends MelanciaException {

    private static final long serialVersionUID = 1L;

    private final transient List<Attempt> attempts;

    AllModelsFailedException(List<Attempt> attempts, List<Throwable> errors) {
        super("all " + attempts.size() + " attempts failed: " + attempts, errors.get(errors.size() - 1));
        this.attempts = List.copyOf(attempts);
        errors.subList(0, errors.size() - 1).forEach(this::addSuppressed);
    }

    /** What was tried, in order. Empty in a copy that was serialised. */
    public List<Attempt> attempts() {
        return attempts == null ? List.of() : attempts;
    }
}

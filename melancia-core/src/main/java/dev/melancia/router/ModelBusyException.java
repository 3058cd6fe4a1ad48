package dev.melancia.router;

import dev.melancia.MelanciaException;
import dev.melancia.routing.Candidate;
import dev.melancia.routing.RateLimit;
import java.time.Duration;

/**
 * A model runs, or began, as many calls as its candidate allows, or no thread of the host's executor was free until the
 * limit was over, so it was not called. Give the candidate more concurrent
 * calls, a queue or a higher rate, or the router another model to fall back to.
 *
 * @since 0.1.0
 */
public final class ModelBusyException extends MelanciaException {

    private static final long serialVersionUID = 1L;

    private ModelBusyException(Candidate candidate, String reason, String remedy) {
        super(candidate.id() + " " + reason + "; " + remedy);
    }

    /** No permit is left. */
    ModelBusyException(Candidate candidate) {
        this(candidate, reason(candidate), "raise its maxConcurrentCalls or maxQueuedCalls, or add another model");
    }

    /** Its rate limit is reached. */
    static ModelBusyException tooOften(Candidate candidate) {
        return new ModelBusyException(candidate, rateReason(candidate), "raise its rateLimit or add another model");
    }

    /** Neither a permit nor a thread came in time. */
    static ModelBusyException notAsked(Candidate candidate, Duration limit) {
        return new ModelBusyException(
                candidate,
                "was not asked: no permit and thread came within " + limit,
                "raise its maxConcurrentCalls, give the executor more threads or add another model");
    }

    static String reason(Candidate candidate) {
        return "runs as many calls as it may, " + candidate.maxConcurrentCalls()
                + (candidate.maxQueuedCalls() == 0 ? "" : ", and " + candidate.maxQueuedCalls() + " wait");
    }

    static String rateReason(Candidate candidate) {
        return "began as many calls as it may, "
                + candidate.rateLimit().map(RateLimit::toString).orElse("");
    }
}

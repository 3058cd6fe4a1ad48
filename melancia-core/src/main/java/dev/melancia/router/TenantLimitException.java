package dev.melancia.router;

import dev.melancia.MelanciaException;
import dev.melancia.routing.RateLimit;
import java.time.Duration;

/**
 * A tenant's calls come faster than its {@link RateLimit} allows. No model was called and no money spent. Try again after
 * {@link #retryAfter()}, or give the tenant a higher limit.
 *
 * @since 0.1.0
 */
public final class TenantLimitException extends MelanciaException {

    private static final long serialVersionUID = 1L;

    private final String tenant;
    private final int limitCalls;
    private final Duration limitPeriod;
    private final int limitBurst;
    private final Duration retryAfter;

    private TenantLimitException(String message, String tenant, RateLimit limit, Duration retryAfter) {
        super(message);
        this.tenant = tenant;
        this.limitCalls = limit.calls();
        this.limitPeriod = limit.period();
        this.limitBurst = limit.burst();
        this.retryAfter = retryAfter;
    }

    static TenantLimitException tooFast(String tenant, RateLimit limit, Duration retryAfter) {
        String message = "tenant " + tenant + " may begin " + limit + ", and the next one in " + retryAfter
                + "; call less often or raise the tenant's limit";
        return new TenantLimitException(message, tenant, limit, retryAfter);
    }

    /** More tenants call than are counted; none of them can be forgotten before this time is over. */
    static TenantLimitException noPlace(String tenant, RateLimit limit, Duration retryAfter) {
        String message =
                "tenant " + tenant + " is one too many: so many tenants call at the same time that no more are counted"
                        + " for " + retryAfter + "; give the tenant a limit of its own";
        return new TenantLimitException(message, tenant, limit, retryAfter);
    }

    /** Whose calls come too fast. */
    public String tenant() {
        return tenant;
    }

    /** How fast they may come. */
    public RateLimit limit() {
        return new RateLimit(limitCalls, limitPeriod, limitBurst);
    }

    /** After how long a call may begin if the tenant makes none before, positive; what HTTP calls {@code Retry-After}. */
    public Duration retryAfter() {
        return retryAfter;
    }
}

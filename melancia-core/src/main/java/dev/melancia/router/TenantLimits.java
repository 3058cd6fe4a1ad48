package dev.melancia.router;

import static java.util.Objects.requireNonNull;

import dev.melancia.routing.RateLimit;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How often each tenant's calls may begin. Thread-safe, without a clock of its own.
 *
 * <p>Tenants with a limit of their own are known for good. Of the others at most {@code most} are, least recently seen first
 * to go, and only once rested: forgetting a tenant never gives it more than its burst. When nobody can go, a new tenant is
 * refused. Whoever was silent for burst intervals is rested, so a place lost to the silent comes free in that time.
 */
final class TenantLimits {

    private static final int MOST = 100_000;

    private final Map<String, RateLimit> own;
    private final @Nullable RateLimit each;
    private final int most;
    private final Map<String, RateLimiter> ofOwn = new HashMap<>();

    private final ReentrantLock lock = new ReentrantLock();

    /** In the order in which they were seen last; guarded by the lock. */
    private final LinkedHashMap<String, RateLimiter> others = new LinkedHashMap<>(16, 0.75f, true);

    /** The limit of each tenant, if there is one, and those of some by name, which replace it. */
    TenantLimits(@Nullable RateLimit each, Map<String, RateLimit> own, long nowNanos) {
        this(each, own, nowNanos, MOST);
    }

    TenantLimits(@Nullable RateLimit each, Map<String, RateLimit> own, long nowNanos, int most) {
        this.each = each;
        this.own = Map.copyOf(own);
        this.most = most;
        own.forEach((tenant, limit) -> ofOwn.put(tenant, new RateLimiter(limit, nowNanos)));
    }

    /** A call begins: null when it may, and then it is counted; else what its caller should be told. */
    @Nullable
    TenantLimitException refusal(@Nullable String tenant, long nowNanos) {
        if (tenant == null) {
            return null;
        }
        RateLimiter limiter = ofOwn.get(tenant);
        if (limiter != null) {
            RateLimit limit = requireNonNull(own.get(tenant), "limit");
            return limiter.tryAcquire(nowNanos) ? null : refused(tenant, limit, limiter.waitNanos(nowNanos));
        }
        return each == null ? null : refusal(tenant, each, nowNanos);
    }

    private @Nullable TenantLimitException refusal(String tenant, RateLimit limit, long nowNanos) {
        lock.lock();
        try {
            RateLimiter limiter = others.get(tenant);
            if (limiter == null) {
                long wait = makePlace(nowNanos);
                if (wait > 0) {
                    return TenantLimitException.noPlace(tenant, limit, Duration.ofNanos(wait));
                }
                limiter = new RateLimiter(limit, nowNanos);
                others.put(tenant, limiter);
            }
            return limiter.tryAcquire(nowNanos) ? null : refused(tenant, limit, limiter.waitNanos(nowNanos));
        } finally {
            lock.unlock();
        }
    }

    private static TenantLimitException refused(String tenant, RateLimit limit, long waitNanos) {
        return TenantLimitException.tooFast(tenant, limit, Duration.ofNanos(Math.max(1, waitNanos)));
    }

    /** Forgets the tenant least recently seen if all places are taken; how long until that may be done, 0 if it is. */
    private long makePlace(long nowNanos) {
        if (others.size() < most) {
            return 0;
        }
        Map.Entry<String, RateLimiter> leastRecent =
                others.entrySet().iterator().next();
        long wait = leastRecent.getValue().restNanos(nowNanos);
        if (wait == 0) {
            others.remove(leastRecent.getKey());
        }
        return wait;
    }

    int known() {
        lock.lock();
        try {
            return ofOwn.size() + others.size();
        } finally {
            lock.unlock();
        }
    }
}

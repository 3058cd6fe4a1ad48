package dev.melancia.router;

import dev.melancia.call.Outcome;
import dev.melancia.routing.RateLimit;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.NullMarked;

/** Hands parts of the engine, which are nobody's to call but the engine's, to the benchmarks. */
@NullMarked
public final class EngineParts {

    private static final long TOOK_NANOS = 1_000;

    private EngineParts() {}

    /** One breaker with its default settings; each call of it is a model's call that went well, at this time in ns. */
    public static LongConsumer breaker() {
        Breaker breaker = new Breaker(BreakerSettings.defaults(), System.nanoTime());
        return nowNanos -> breaker.result(breaker.enter(nowNanos), Outcome.ANSWERED, TOOK_NANOS, nowNanos);
    }

    /** One rate limiter that never refuses; each call of it is a model's call that begins at this time in ns. */
    public static LongPredicate rateLimiter() {
        RateLimiter limiter = new RateLimiter(RateLimit.perSecond(1_000_000_000), System.nanoTime());
        return limiter::tryAcquire;
    }
}

package dev.melancia.benchmarks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.failsafe.CircuitBreaker;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.Fallback;
import dev.failsafe.RetryPolicy;
import dev.failsafe.Timeout;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.router.FailoverStrategy;
import dev.langchain4j.model.router.ModelRouter;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;

/**
 * The peers, each set up once, decorated ahead of its calls and without listeners: the best that its documentation
 * offers for the work at hand. Where they do less than we do, that is to their good.
 */
final class Peers {

    /** The router's own default for an attempt. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private static final int WINDOW_CALLS = 100;
    private static final int WINDOW_SECONDS = 60;
    private static final int ATTEMPTS = 2;

    private Peers() {}

    /** Failover over two routes: no breaker, limits, records or rules beside it. */
    static ChatModel communityRouter(ChatModel first) {
        return communityRouter(first, Duration.ofMinutes(1));
    }

    /**
     * As {@link #communityRouter(ChatModel)}, asking a model again as soon as it failed. A cool-down that lasts would leave
     * the failing model out from the second call on, and measure calls that do not fail.
     */
    static ChatModel communityRouterWithoutCoolDown(ChatModel first) {
        return communityRouter(first, Duration.ZERO);
    }

    private static ChatModel communityRouter(ChatModel first, Duration coolDown) {
        ChatModel router = ModelRouter.builder()
                .addRoutes(first, new InstantModel())
                .routingStrategy(new FailoverStrategy(coolDown))
                .build();
        router.chat(Fixture.REQUEST); // adds its listeners to a plain list in the first call, which must be alone
        return router;
    }

    /**
     * Retry around circuit breaker around time limiter on a pool. It has no fallback to another model. The breaker counts
     * the last 100 calls, which costs less than a window of time.
     *
     * @param pool of one thread for one caller: the cheapest that can be had
     */
    static Callable<ChatResponse> resilience4j(ChatModel model, ExecutorService pool) {
        TimeLimiter limiter =
                TimeLimiter.of(TimeLimiterConfig.custom().timeoutDuration(LIMIT).build());
        Retry retry =
                Retry.of("model", RetryConfig.custom().maxAttempts(ATTEMPTS).build());
        Callable<ChatResponse> limited =
                limiter.decorateFutureSupplier(() -> pool.submit(() -> model.chat(Fixture.REQUEST)));
        return Retry.decorateCallable(
                retry, breaker(SlidingWindowType.COUNT_BASED, WINDOW_CALLS).decorateCallable(limited));
    }

    /** The breaker over the same window of time as ours, without locks. */
    static io.github.resilience4j.circuitbreaker.CircuitBreaker breakerOverTime() {
        return breaker(SlidingWindowType.TIME_BASED, WINDOW_SECONDS);
    }

    private static io.github.resilience4j.circuitbreaker.CircuitBreaker breaker(SlidingWindowType window, int size) {
        return io.github.resilience4j.circuitbreaker.CircuitBreaker.of(
                "model",
                CircuitBreakerConfig.custom()
                        .slidingWindow(size, WINDOW_CALLS, window, SlidingWindowSynchronizationStrategy.LOCK_FREE)
                        .build());
    }

    /** Wide enough never to refuse, and never to wait. */
    static RateLimiter rateLimiter() {
        return RateLimiter.of(
                "model",
                RateLimiterConfig.custom()
                        .limitForPeriod(1_000_000_000)
                        .limitRefreshPeriod(Duration.ofSeconds(1))
                        .timeoutDuration(Duration.ZERO)
                        .build());
    }

    /**
     * Fallback around retry around circuit breaker around a time-out that interrupts the caller's thread, on the shared
     * scheduler that Failsafe uses unless told otherwise.
     */
    static FailsafeExecutor<ChatResponse> failsafe(ChatModel second) {
        Fallback<ChatResponse> fallback = Fallback.<ChatResponse>builder(() -> second.chat(Fixture.REQUEST))
                .build();
        RetryPolicy<ChatResponse> retry =
                RetryPolicy.<ChatResponse>builder().withMaxAttempts(ATTEMPTS).build();
        CircuitBreaker<ChatResponse> breaker = CircuitBreaker.<ChatResponse>builder()
                .withFailureThreshold(WINDOW_CALLS / 2, WINDOW_CALLS)
                .build();
        Timeout<ChatResponse> timeout =
                Timeout.<ChatResponse>builder(LIMIT).withInterrupt().build();
        return Failsafe.with(fallback, retry, breaker, timeout);
    }

    /** A bounded cache that expires, as the router's own is, with a text as its key. */
    static <V> Cache<String, V> caffeine() {
        return Caffeine.newBuilder()
                .maximumSize(10_000)
                .expireAfterWrite(Duration.ofHours(1))
                .executor(Runnable::run)
                .build();
    }
}

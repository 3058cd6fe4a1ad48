package dev.melancia.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.routing.RateLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Many threads at the limiter; the clock is a counter that all of them advance. */
class RateLimiterConcurrencyTest {

    private static final int THREADS = 8;
    private static final int TRIES = 50_000;
    private static final RateLimit LIMIT = new RateLimit(7, Duration.ofNanos(1_000), 5);

    private final AtomicLong clock = new AtomicLong();

    @Test
    void threadsTogetherBeginWhatTheLimitGivesAndNoneIsLost() throws Exception {
        RateLimiter limiter = new RateLimiter(LIMIT, 0);
        long begun = hammer(() -> limiter.tryAcquire(clock.incrementAndGet()) ? 1L : 0L);
        assertThat(begun).isBetween(given() - 1, given());
    }

    @Test
    void tenantsLimitHoldsForItsThreadsTogetherThoughOthersComeAndGo() throws Exception {
        TenantLimits limits = new TenantLimits(LIMIT, Map.of(), 0, 8);
        long begun = hammer(() -> {
            long now = clock.incrementAndGet();
            if (now % 50 == 0) {
                limits.refusal("stranger " + now, now);
            }
            return limits.refusal("acme", now) == null ? 1L : 0L;
        });
        assertThat(begun).isBetween(given() - 1, given());
        assertThat(limits.known()).isLessThanOrEqualTo(8);
    }

    /** The burst and what came free since. */
    private long given() {
        return LIMIT.burst() + clock.get() * LIMIT.calls() / LIMIT.period().toNanos();
    }

    private static long hammer(Callable<Long> oneTry) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Long>> results = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                results.add(threads.submit(() -> {
                    start.await();
                    long begun = 0;
                    for (int i = 0; i < TRIES; i++) {
                        begun += oneTry.call();
                    }
                    return begun;
                }));
            }
            long begun = 0;
            for (Future<Long> result : results) {
                begun += result.get();
            }
            return begun;
        } finally {
            threads.shutdownNow();
        }
    }
}

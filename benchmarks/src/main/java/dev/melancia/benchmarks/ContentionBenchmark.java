package dev.melancia.benchmarks;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.budget.Budgets;
import dev.melancia.cost.Cost;
import dev.melancia.router.EngineParts;
import dev.melancia.router.ModelRouter;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.ratelimiter.RateLimiter;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What all callers of one model share: its breaker, its rate limit, its budgets, the whole call. Run with more and more threads; a
 * clock is read once in each call of a part, as the router and the peers do.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ContentionBenchmark {

    private static final long TOOK_NANOS = 1_000;

    private final LongConsumer breaker = EngineParts.breaker();
    private final LongPredicate rateLimiter = EngineParts.rateLimiter();
    private final Budgets budgets = Fixture.budgets();
    private final Cost cost = Cost.knownPicoUsd(1);
    private final CircuitBreaker resilience4jBreaker = Peers.breakerOverTime();
    private final RateLimiter resilience4jLimiter = Peers.rateLimiter();
    private final ModelRouter router = Fixture.router(new InstantModel());
    private final ChatModel routed = router.chatModel(Fixture.CONTEXT);
    private final ChatModel neighbour = Peers.communityRouter(new InstantModel());

    @Benchmark
    public void breaker() {
        breaker.accept(System.nanoTime());
    }

    @Benchmark
    public boolean rateLimiter() {
        return rateLimiter.test(System.nanoTime());
    }

    /** Two budgets: of all, and of the tenant. */
    @Benchmark
    public void budgets() {
        budgets.tryReserve(Fixture.CONTEXT, 2, System.currentTimeMillis()).settle(cost);
    }

    @Benchmark
    public void resilience4jBreaker() {
        resilience4jBreaker.acquirePermission();
        resilience4jBreaker.onSuccess(TOOK_NANOS, TimeUnit.NANOSECONDS);
    }

    @Benchmark
    public boolean resilience4jRateLimiter() {
        return resilience4jLimiter.acquirePermission();
    }

    @Benchmark
    public ChatResponse routed() {
        return routed.chat(Fixture.REQUEST);
    }

    @Benchmark
    public ChatResponse community() {
        return neighbour.chat(Fixture.REQUEST);
    }

    @TearDown
    public void close() {
        router.close();
    }
}

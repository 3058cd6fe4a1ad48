package dev.melancia.benchmarks;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.router.CallLimits;
import dev.melancia.router.ModelRouter;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A deadline that no model can defeat, whatever it does with interrupts: the model runs on another thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DeadlineBenchmark {

    private final ModelRouter router = Fixture.router(new InstantModel(), Fixture.candidates(), CallLimits.defaults());
    private final ChatModel routed = router.chatModel(Fixture.CONTEXT);
    private final ExecutorService pool = Executors.newFixedThreadPool(1);
    private final Callable<ChatResponse> resilience4j = Peers.resilience4j(new InstantModel(), pool);
    private final PingPong pingPong = new PingPong();

    @Benchmark
    public ChatResponse routed() {
        return routed.chat(Fixture.REQUEST);
    }

    @Benchmark
    public ChatResponse resilience4j() throws Exception {
        return resilience4j.call();
    }

    /** The floor of both. */
    @Benchmark
    public void pingPong() {
        pingPong.round();
    }

    @TearDown
    public void close() {
        router.close();
        pool.shutdown();
        pingPong.close();
    }
}

package dev.melancia.benchmarks;

import dev.failsafe.FailsafeExecutor;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.router.CallLimits;
import dev.melancia.router.ModelRouter;
import dev.melancia.routing.Candidate;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A deadline for models that obey an interrupt: the model runs on the caller's thread, under a timer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class InterruptBenchmark {

    private final ChatModel model = new InstantModel();
    private final ModelRouter router =
            Fixture.router(model, Fixture.candidates(Candidate.Builder::interruptSafe), CallLimits.defaults());
    private final ChatModel routed = router.chatModel(Fixture.CONTEXT);
    private final FailsafeExecutor<ChatResponse> failsafe = Peers.failsafe(new InstantModel());

    @Benchmark
    public ChatResponse routed() {
        return routed.chat(Fixture.REQUEST);
    }

    @Benchmark
    public ChatResponse failsafe() {
        return failsafe.get(() -> model.chat(Fixture.REQUEST));
    }

    @TearDown
    public void close() {
        router.close();
    }
}

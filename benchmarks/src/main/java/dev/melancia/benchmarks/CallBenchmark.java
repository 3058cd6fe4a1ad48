package dev.melancia.benchmarks;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.router.FailoverStrategy;
import dev.melancia.router.CallLimits;
import dev.melancia.router.ModelRouter;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A whole call of a model that answers at once: bare, through us, and through the nearest neighbour. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CallBenchmark {

    private final ChatModel bare = new InstantModel();
    private final ModelRouter unlimited = Setup.router(CallLimits.none(), new InstantModel());
    private final ModelRouter limited = Setup.router(CallLimits.defaults(), new InstantModel());
    private final ChatModel unlimitedView = unlimited.chatModel(Setup.CONTEXT);
    private final ChatModel limitedView = limited.chatModel(Setup.CONTEXT);
    private final ChatModel neighbour = dev.langchain4j.model.router.ModelRouter.builder()
            .addRoutes(new InstantModel(), new InstantModel())
            .routingStrategy(new FailoverStrategy())
            .build();

    @Benchmark
    public ChatResponse bare() {
        return bare.chat(Setup.REQUEST);
    }

    @Benchmark
    public ChatResponse routedWithoutDeadline() {
        return unlimitedView.chat(Setup.REQUEST);
    }

    @Benchmark
    public ChatResponse routedWithDeadline() {
        return limitedView.chat(Setup.REQUEST);
    }

    @Benchmark
    public ChatResponse communityRouterWithFailover() {
        return neighbour.chat(Setup.REQUEST);
    }

    @TearDown
    public void close() {
        unlimited.close();
        limited.close();
    }
}

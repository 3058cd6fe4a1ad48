package dev.melancia.benchmarks;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.router.ModelRouter;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A whole call on the caller's thread: bare, through us with all else on, and through the nearest neighbour. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CallBenchmark {

    private final ChatModel bare = new InstantModel();
    private final ModelRouter router = Fixture.router(new InstantModel());
    private final ModelRouter failingRouter = Fixture.router(FailingModel.always());
    private final ChatModel routed = router.chatModel(Fixture.CONTEXT);
    private final ChatModel failing = failingRouter.chatModel(Fixture.CONTEXT);
    private final ChatModel neighbour = Peers.communityRouter(new InstantModel());
    private final ChatModel failingNeighbour = Peers.communityRouterWithoutCoolDown(FailingModel.everyOther());

    @Benchmark
    public ChatResponse bare() {
        return bare.chat(Fixture.REQUEST);
    }

    @Benchmark
    public ChatResponse routed() {
        return routed.chat(Fixture.REQUEST);
    }

    @Benchmark
    public ChatResponse community() {
        return neighbour.chat(Fixture.REQUEST);
    }

    /** The first model fails in every call, the second answers. */
    @Benchmark
    public ChatResponse failingOver() {
        return failing.chat(Fixture.REQUEST);
    }

    @Benchmark
    public ChatResponse communityFailingOver() {
        return failingNeighbour.chat(Fixture.REQUEST);
    }

    @TearDown
    public void close() {
        router.close();
        failingRouter.close();
    }
}

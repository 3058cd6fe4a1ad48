package dev.melancia.benchmarks;

import com.github.benmanes.caffeine.cache.Cache;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.cache.ResponseCache;
import dev.melancia.router.ModelRouter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** 128 callers at once ask 64 questions of a model that takes 50 ms: how long until all have their answer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class DistinctKeysBenchmark {

    private static final int CALLERS = 128;
    private static final int KEYS = 64;
    private static final long ANSWER_MILLIS = 50;

    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    private final AtomicInteger loads = new AtomicInteger();
    private ModelRouter router = router();
    private Cache<String, ChatResponse> caffeine = Peers.caffeine();

    private ModelRouter router() {
        return Fixture.router(new SlowModel(loads), ResponseCache.caffeine());
    }

    @Setup(Level.Invocation)
    public void forget() {
        router.close();
        router = router();
        caffeine = Peers.caffeine();
        loads.set(0);
    }

    @Benchmark
    public int routed() throws Exception {
        ChatModel view = router.chatModel(Fixture.CONTEXT);
        return ask(question -> view.chat(Fixture.request(question)).aiMessage().text());
    }

    /** Caffeine's own way of loading a key once, which may make other keys of the same bin of its map wait. */
    @Benchmark
    public int caffeineLoader() throws Exception {
        ChatModel model = new SlowModel(loads);
        return ask(question -> caffeine.get(question, key -> model.chat(Fixture.request(key)))
                .aiMessage()
                .text());
    }

    private int ask(UnaryOperator<String> call) throws Exception {
        List<Callable<String>> calls = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            String question = "Quanto custa anunciar o produto de número " + i % KEYS + " na busca da nossa loja?";
            calls.add(() -> call.apply(question));
        }
        for (Future<String> answer : callers.invokeAll(calls)) {
            answer.get();
        }
        if (loads.get() != KEYS) {
            throw new IllegalStateException("each key must be loaded once: " + KEYS + " loads, were " + loads);
        }
        return loads.get();
    }

    @TearDown
    public void close() {
        router.close();
        callers.shutdown();
    }

    private static final class SlowModel implements ChatModel {

        private final ChatModel instant = new InstantModel();
        private final AtomicInteger asked;

        SlowModel(AtomicInteger asked) {
            this.asked = asked;
        }

        @Override
        public ChatResponse doChat(ChatRequest request) {
            asked.incrementAndGet();
            try {
                TimeUnit.MILLISECONDS.sleep(ANSWER_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return instant.doChat(request);
        }
    }
}

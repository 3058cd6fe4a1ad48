package dev.melancia.benchmarks;

import com.github.benmanes.caffeine.cache.Cache;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.cache.CacheKey;
import dev.melancia.cache.CachedAnswer;
import dev.melancia.cache.ResponseCache;
import dev.melancia.provider.ModelId;
import dev.melancia.router.ModelRouter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A question whose answer is kept. Each comes as a new text, never hashed before, as from a network; making it, and the
 * request around it, is part of every figure and stands alone as {@code request}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CacheBenchmark {

    private static final ModelId MODEL = ModelId.of("local/small");

    /** Characters of the question. */
    @Param({"64", "1024"})
    public int characters;

    private final ResponseCache answers = ResponseCache.caffeine();
    private final Cache<String, ChatResponse> caffeine = Peers.caffeine();
    private final ModelRouter router = Fixture.router(new InstantModel(), answers);
    private final ChatModel routed = router.chatModel(Fixture.CONTEXT);
    private byte[] question = {};

    @Setup
    public void keep() {
        question = "Quanto custa anunciar um produto na loja? "
                .repeat(characters)
                .substring(0, characters)
                .getBytes(StandardCharsets.ISO_8859_1);
        caffeine.put(text(), routed.chat(freshRequest()));
        if (lookup().isEmpty()) {
            throw new IllegalStateException("the answer must be kept under its own key, was not");
        }
    }

    private String text() {
        return Fixture.fresh(question);
    }

    private ChatRequest freshRequest() {
        return Fixture.request(text());
    }

    @Benchmark
    public ChatRequest request() {
        return freshRequest();
    }

    @Benchmark
    @Nullable
    public ChatResponse caffeine() {
        return caffeine.getIfPresent(text());
    }

    /** The key of tenant, model, prompt version and whole request, and the answer behind it. */
    @Benchmark
    public Optional<CachedAnswer> lookup() {
        return answers.get(CacheKey.of(Fixture.CONTEXT, MODEL, freshRequest()));
    }

    /** The whole call: decision, flag, key, answer, record. */
    @Benchmark
    public ChatResponse routed() {
        return routed.chat(freshRequest());
    }

    @TearDown
    public void close() {
        router.close();
    }
}

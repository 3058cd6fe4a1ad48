package dev.melancia.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.mlflow.prompt.NewPrompt;
import dev.melancia.mlflow.prompt.PromptTemplate;
import dev.melancia.mlflow.prompt.PromptVersion;
import java.time.Instant;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AliasCacheConcurrencyTest {

    private static final int ROUNDS = 20_000;

    private final AtomicInteger version = new AtomicInteger(1);
    private final AliasCache cache = new AliasCache(PromptCaching.usual(), Runnable::run, this::ask);

    private PromptVersion ask(String name, String alias) {
        return PromptVersion.of(NewPrompt.of(name, PromptTemplate.text("text")).build(), version.get(), Instant.EPOCH);
    }

    @Test
    void whoChangedAnAliasNeverGetsWhatItStoodForBefore() throws Exception {
        AliasCache.Key key = new AliasCache.Key("answer", "production");
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            for (int i = 0; i < ROUNDS; i++) {
                cache.forget(key);
                Future<?> asked = other.submit(() -> {
                    together.await();
                    return cache.get(key);
                });
                together.await();
                int changed = version.incrementAndGet();
                cache.forget(key);
                assertThat(cache.get(key).prompt().version()).isEqualTo(changed);
                asked.get();
                assertThat(cache.get(key).prompt().version()).isEqualTo(changed);
            }
        } finally {
            other.shutdownNow();
        }
    }
}

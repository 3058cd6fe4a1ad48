package dev.melancia.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.mlflow.prompt.NewPrompt;
import dev.melancia.mlflow.prompt.PromptTemplate;
import dev.melancia.mlflow.prompt.PromptVersion;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AliasCacheConcurrencyTest {

    private static final int ROUNDS = 50_000;

    private final AtomicInteger version = new AtomicInteger(1);
    private final AtomicInteger answers = new AtomicInteger();
    private final AliasCache cache = new AliasCache(PromptCaching.usual(), Runnable::run, this::ask);

    private PromptVersion ask(String name, String alias) {
        PromptVersion answer =
                PromptVersion.of(NewPrompt.of(name, PromptTemplate.text("text")).build(), version.get(), Instant.EPOCH);
        answers.incrementAndGet();
        return answer;
    }

    @Test
    void whoChangesAnAliasWhileAnAnswerArrivesNeverGetsWhatItStoodForBefore() throws Exception {
        AliasCache.Key key = new AliasCache.Key("answer", "production");
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            for (int i = 0; i < ROUNDS; i++) {
                cache.forget(key);
                int before = answers.get();
                Future<?> asked = other.submit(() -> cache.get(key));
                while (answers.get() == before) {
                    Thread.onSpinWait();
                }
                for (int spin = 0; spin < i % 50; spin++) { // The change comes at another moment each time.
                    Thread.onSpinWait();
                }
                int changed = version.incrementAndGet();
                cache.forget(key);
                asked.get();
                assertThat(cache.get(key).prompt().version()).isEqualTo(changed);
            }
        } finally {
            other.shutdownNow();
        }
    }
}

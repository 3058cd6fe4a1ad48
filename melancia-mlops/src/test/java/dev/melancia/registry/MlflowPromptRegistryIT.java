package dev.melancia.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.mlflow.prompt.Prompts;
import dev.melancia.mlflow.registry.RegisteredModels;
import dev.melancia.mlflow.rest.MlflowApi;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On a real MLflow server. */
class MlflowPromptRegistryIT extends PromptRegistryContract {

    private final MlflowApi api = MlflowServer.fromEnvironment().connect();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

    @Override
    PromptRegistry open() {
        PromptCaching.Builder caching = PromptCaching.builder().clock(now::get).patience(Duration.ofSeconds(10));
        return PromptRegistry.mlflow(api, caching.build());
    }

    @AfterEach
    void deletePrompt() {
        RegisteredModels.on(api).delete(name);
        api.close();
    }

    @Test
    void whatOthersChangeIsSeenWhenTheTimeOfAnAliasIsOver() {
        register("one");
        register("two");
        registry.setAlias(name, "production", 1);
        assertThat(registry.byAlias(name, "production").prompt().version()).isEqualTo(1);
        Prompts.on(api).setAlias(name, "production", 2);
        now.updateAndGet(time -> time.plusSeconds(59));
        ServedPrompt known = registry.byAlias(name, "production");
        assertThat(known.prompt().version()).isEqualTo(1);
        assertThat(known.age()).isEqualTo(Duration.ofSeconds(59));
        now.updateAndGet(time -> time.plusSeconds(1));

        assertThat(registry.byAlias(name, "production").prompt().version()).isEqualTo(2);
        assertThat(registry.byAlias(name, "production").age()).isZero();
    }
}

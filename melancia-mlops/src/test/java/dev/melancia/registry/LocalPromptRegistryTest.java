package dev.melancia.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPromptRegistryTest extends PromptRegistryContract {

    @TempDir
    Path folder;

    @Override
    PromptRegistry open() {
        return PromptRegistry.local(folder);
    }

    @Test
    void otherProcessesSeeAChangeAtOnce() {
        PromptRegistry reader = opened();
        register("one");
        registry.setAlias(name, "production", 1);
        assertThat(reader.byAlias(name, "production").prompt().version()).isEqualTo(1);
        register("two");
        registry.setAlias(name, "production", 2);

        assertThat(reader.byAlias(name, "production").template().text()).isEqualTo("two");
        assertThat(reader.latest(name).prompt().version()).isEqualTo(2);
    }

    @Test
    void modelsMayLiveInTheSameFolder() {
        try (ModelRegistry models = ModelRegistry.local(folder)) {
            register("one");
            Registration model =
                    Registration.ofSource(name, "openai:/gpt-4o-mini").build();
            models.register(model, ChangeNote.by("ana", ""));
            register("two");
            models.register(model, ChangeNote.by("ana", ""));

            assertThat(models.versions(name)).hasSize(2);
            assertThat(models.history(name)).hasSize(2);
            assertThat(registry.versions(name)).hasSize(2);
        }
    }
}

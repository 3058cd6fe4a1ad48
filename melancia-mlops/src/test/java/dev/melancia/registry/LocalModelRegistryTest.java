package dev.melancia.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melancia.mlflow.registry.ModelStage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalModelRegistryTest extends ModelRegistryContract {

    @TempDir
    Path folder;

    @Override
    ModelRegistry open(InstantSource clock) {
        return ModelRegistry.local(folder.resolve("registry"), clock);
    }

    @Test
    void readingDoesNotWaitForAChangeUnderWay() {
        register();
        ModelRegistry reader = opened(InstantSource.system());

        int seen = new ChangeLock(folder.resolve("registry"))
                .locked(() -> CompletableFuture.supplyAsync(
                                () -> reader.versions(model).size())
                        .join());

        assertThat(seen).isEqualTo(1);
    }

    @Test
    void aThreadThatIsInterruptedMayChangeTheRegistry() {
        Thread.currentThread().interrupt();
        try {
            register();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(registry.versions(model)).hasSize(1);
    }

    @Test
    void aDamagedRecordIsToldBeforeANumberIsGivenAgain() throws IOException {
        register();
        register();
        closeRegistries();
        for (Path segment : segments()) {
            String text = Files.readString(segment, StandardCharsets.UTF_8);
            Files.writeString(segment, text.replace("\"version\":2", "\"version\":3"), StandardCharsets.UTF_8);
        }

        ModelRegistry again = opened(InstantSource.system());
        assertThat(again.versions(model)).hasSize(1);
        assertThatThrownBy(() -> again.register(candidate().build(), NOTE))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("damaged record");
    }

    @Test
    void processesThatAreKilledInTheMiddleGiveNoNumberTwice() throws Exception {
        List<RegisteringProcess> processes = List.of(start(), start());
        for (RegisteringProcess process : processes) {
            process.awaitAcknowledged();
        }
        processes.forEach(RegisteringProcess::kill);
        List<Integer> acknowledged = processes.stream()
                .flatMap(process -> process.acknowledged().stream())
                .toList();

        List<RegisteredVersion> versions = registry.versions(model);
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(30).doesNotHaveDuplicates();
        assertThat(versions).extracting(RegisteredVersion::version).containsAll(acknowledged);
        assertThat(versions.get(0).version()).isEqualTo(versions.size());
        assertThat(register()).isEqualTo(versions.size() + 1);
        registry.move(model, 1, ModelStage.STAGING, NOTE);
    }

    private RegisteringProcess start() throws IOException {
        return RegisteringProcess.start(folder.resolve("registry"), model, 15);
    }

    private List<Path> segments() {
        try (Stream<Path> files = Files.list(folder.resolve("registry"))) {
            return files.filter(file -> file.toString().endsWith(".jsonl")).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

package dev.melancia.flags;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureFlagsConcurrencyTest {

    private static final FlagContext ANA = FlagContext.of("ana");
    private static final int ROUNDS = 200;

    @TempDir
    private Path folder;

    private void write(Path file, int value) throws IOException {
        String flag = "{\"state\": \"ENABLED\", \"variants\": {\"v\": " + value + "}, \"defaultVariant\": \"v\"}";
        Path whole = Files.createTempFile(folder, "flags", ".json");
        Files.writeString(whole, "{\"flags\": {\"top_k\": " + flag + "}}");
        Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void losesNoWriteAndShowsReadersOnlyWholeStates() throws Exception {
        Path file = folder.resolve("flags.json");
        write(file, 0);
        FeatureFlags flags = FeatureFlags.builder()
                .environment(name -> null)
                .declare("a", 0)
                .declare("b", 0)
                .file(file)
                .build();
        ExecutorService pool = Executors.newFixedThreadPool(4);
        AtomicBoolean done = new AtomicBoolean();
        try {
            Future<?> reader = pool.submit(() -> {
                double last = 0;
                while (!done.get()) {
                    double now = flags.evaluateDouble("top_k", -1, ANA).value();
                    assertThat(now).isGreaterThanOrEqualTo(last);
                    last = now;
                    Thread.onSpinWait();
                }
            });
            List<Future<?>> writers = new ArrayList<>();
            for (String key : new String[] {"a", "b"}) {
                writers.add(pool.submit(() -> {
                    for (int i = 1; i <= ROUNDS; i++) {
                        flags.set(key, i);
                        assertThat(flags.evaluateDouble(key, -1, ANA).value()).isEqualTo(i);
                    }
                }));
            }
            writers.add(pool.submit(() -> {
                for (int i = 1; i <= ROUNDS; i++) {
                    write(file, i);
                    assertThat(flags.reload().applied()).isTrue();
                    assertThat(flags.evaluateDouble("top_k", -1, ANA).value()).isEqualTo(i);
                }
                return null;
            }));
            for (Future<?> writer : writers) {
                writer.get(60, TimeUnit.SECONDS);
            }
            done.set(true);
            reader.get(60, TimeUnit.SECONDS);
        } finally {
            done.set(true);
            pool.shutdownNow();
        }
        assertThat(flags.evaluateDouble("a", -1, ANA).value()).isEqualTo(ROUNDS);
        assertThat(flags.evaluateDouble("b", -1, ANA).value()).isEqualTo(ROUNDS);
        assertThat(flags.evaluateDouble("top_k", -1, ANA).value()).isEqualTo(ROUNDS);
    }
}

package dev.melancia.mlflow.upload;

import static dev.melancia.mlflow.upload.UploaderFixture.metric;
import static dev.melancia.mlflow.upload.UploaderFixture.runId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real server that is stopped in the middle of creations (SIGSTOP) and goes on when the client has given up: what it was
 * asked lies in its sockets and is carried out then.
 */
class StalledServerIT {

    private static final long SEED = Long.getLong("stall.seed", 7);
    private static final int STALLS = 5;

    @TempDir
    Path folder;

    @Test
    void aServerThatWakesUpMakesNoRunTwice() throws Exception {
        Random random = new Random(SEED);
        Path store = folder.resolve("store");
        try (OwnServer server = OwnServer.start(folder.resolve("server"), Map.of());
                UploaderFixture events = new UploaderFixture(store);
                MlflowUploader uploader = MlflowUploader.start(store, settings(server))) {
            for (int stall = 0; stall < STALLS; stall++) {
                for (int i = 0; i < 10; i++) {
                    String run = runId(stall * 100 + i);
                    events.start(run);
                    events.append(metric(run, "m", 0));
                    events.end(run);
                }
                LockSupport.parkNanos(Duration.ofMillis(random.nextInt(600)).toNanos());
                long before = uploader.stats().failedAttempts();
                server.signal("-STOP");
                Awaitility.await()
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> uploader.stats().failedAttempts() >= before + 3
                                || uploader.stats().waitingBytes().orElse(1) == 0);
                server.signal("-CONT");
                assertThat(uploader.flush(Duration.ofMinutes(3)))
                        .as("seed %d", SEED)
                        .isTrue();
            }
            assertThat(uploader.stats().setAside()).isZero();
            try (MlflowApi api =
                    MlflowApi.connect(MlflowSettings.builder(server.uri()).build())) {
                ServerTruth truth = new ServerTruth(api);
                truth.read("experiment");
                for (int i = 0; i < STALLS * 10; i++) {
                    truth.check("metric|" + runId(i / 10 * 100 + i % 10) + "|m|0");
                }
                assertThat(truth.differences()).as("seed %d", SEED).isEmpty();
            }
        }
    }

    private static MlflowSettings settings(OwnServer server) {
        return MlflowSettings.builder(server.uri())
                .mergeDelay(Duration.ofMillis(20))
                .requestTimeout(Duration.ofSeconds(2))
                .backoff(Duration.ofMillis(50), Duration.ofSeconds(5))
                .build();
    }
}

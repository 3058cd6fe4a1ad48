package dev.melancia.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlflow.api.proto.Service;
import org.mlflow.tracking.MlflowClient;

/** A folder that several processes write is brought to a real server, each thing exactly once. */
class PushIT {

    static final int POINTS = 4_000;

    @TempDir
    Path folder;

    private final String experiment = "melancia-it-" + UUID.randomUUID();

    @BeforeEach
    void findServer() {
        RealServer.required();
    }

    @Test
    void twoProcessesWriteAndUploadWhileAThirdPushes() throws Exception {
        Process quiet = RecordingProcess.start(folder, experiment, "quiet", "");
        Process uploading = RecordingProcess.start(folder, experiment, "uploading", RealServer.required());
        assertThat(quiet.getInputStream().read()).isPositive(); // Both have begun.
        assertThat(uploading.getInputStream().read()).isPositive();
        try (ExperimentTracker tracker =
                ExperimentTracker.builder(folder).experiment(experiment).build()) {
            tracker.push(RealServer.settings(), Duration.ofMillis(200));
            assertThat(ended(quiet)).isZero();
            assertThat(ended(uploading)).isZero();
            PushResult result = tracker.push(RealServer.settings(), RealServer.TIMEOUT);
            assertThat(result.complete()).isTrue();
            assertThat(result.setAside()).isZero();
            assertThat(result.problem()).isEmpty();
            assertThat(tracker.push(RealServer.settings(), RealServer.TIMEOUT))
                    .isEqualTo(new PushResult(true, 0, 0, 0, Optional.empty()));
        }
        try (MlflowClient client = new MlflowClient(RealServer.required())) {
            Map<String, Service.Run> runs = RealServer.runs(client, experiment);
            assertThat(runs).containsOnlyKeys("quiet", "uploading");
            for (Service.Run run : runs.values()) {
                assertThat(run.getInfo().getStatus()).isEqualTo(Service.RunStatus.FINISHED);
                assertThat(run.getData().getParamsList())
                        .extracting(Service.Param::getKey)
                        .containsExactly("p");
                assertThat(client.getMetricHistory(run.getInfo().getRunId(), "m"))
                        .hasSize(POINTS)
                        .extracting(Service.Metric::getStep)
                        .doesNotHaveDuplicates();
            }
        }
    }

    private static int ended(Process process) throws Exception {
        try (InputStream out = process.getInputStream()) {
            assertThat(new String(out.readAllBytes(), StandardCharsets.US_ASCII))
                    .isNotEmpty();
        }
        return process.waitFor();
    }

    @Test
    void aPushWithoutAServerSaysSoAndMayBeRepeated() {
        try (ExperimentTracker tracker =
                ExperimentTracker.builder(folder).experiment(experiment).build()) {
            tracker.startRun("r").close();
            PushResult nobody = tracker.push(
                    dev.melancia.mlflow.rest.MlflowSettings.builder(java.net.URI.create("http://127.0.0.1:1"))
                            .build(),
                    Duration.ofMillis(500));
            assertThat(nobody.complete()).isFalse();
            assertThat(nobody.problem()).isPresent();
            PushResult there = tracker.push(RealServer.settings(), RealServer.TIMEOUT);
            assertThat(there.complete()).isTrue();
            assertThat(there.delivered()).isPositive();
        }
    }
}

package dev.melancia.mlflow.upload;

import static dev.melancia.mlflow.upload.UploaderFixture.LONG;
import static dev.melancia.mlflow.upload.UploaderFixture.metric;
import static dev.melancia.mlflow.upload.UploaderFixture.quick;
import static dev.melancia.mlflow.upload.UploaderFixture.runId;
import static dev.melancia.mlflow.upload.UploaderFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody writes to the journal whenever the server is asked something, so that it never stands still. */
class SteadyWritingTest {

    private static final String RUN = runId(1);

    @TempDir
    Path folder;

    @Test
    void flushWaitsForWhatWasThereAndNotForWhatComesAfter() throws IOException {
        try (FakeMlflow server = new FakeMlflow();
                UploaderFixture events = new UploaderFixture(folder)) {
            writeAtEachRequest(server, events);
            events.start(RUN);
            try (MlflowUploader uploader = MlflowUploader.start(folder, settings(server.uri()))) {
                assertThat(uploader.flush(LONG)).isTrue();
                try (MlflowUploader waiting = MlflowUploader.start(folder, settings(server.uri()))) {
                    assertThat(waiting.flush(LONG)).isTrue();
                    assertThat(waiting.stats().delivered()).isZero();
                }
                server.fault = (path, body) -> null;
            }
            assertThat(server.onlyRun().points).isNotEmpty();
        }
    }

    @Test
    void smallRequestsWaitForCompanyUnlessSomebodyAsks() throws IOException {
        try (FakeMlflow server = new FakeMlflow();
                UploaderFixture events = new UploaderFixture(folder)) {
            events.start(RUN);
            writeAtEachRequest(server, events);
            try (MlflowUploader uploader = MlflowUploader.start(
                    folder, quick(server.uri()).mergeDelay(Duration.ofDays(1)).build())) {
                Awaitility.await().until(() -> server.count("runs/create") == 1);
                assertThat(uploader.flush(LONG)).isTrue();
                assertThat(uploader.flush(LONG)).isTrue();
                assertThat(server.count("runs/log-batch")).isLessThanOrEqualTo(2);
                server.fault = (path, body) -> null;
            }
        }
    }

    private static void writeAtEachRequest(FakeMlflow server, UploaderFixture events) {
        int[] step = {0};
        server.fault = (path, body) -> {
            events.append(metric(RUN, "m", step[0]++));
            return null;
        };
    }
}

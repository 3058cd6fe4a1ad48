package dev.melancia.mlflow.upload;

import static dev.melancia.mlflow.upload.UploaderFixture.LONG;
import static dev.melancia.mlflow.upload.UploaderFixture.metric;
import static dev.melancia.mlflow.upload.UploaderFixture.runId;
import static dev.melancia.mlflow.upload.UploaderFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused while it cannot be set aside. */
class FullDiskTest {

    private static final String RUN = runId(1);

    @TempDir
    Path folder;

    @Test
    void aRefusedItemIsCountedOnceTheDiskTakesItAgain() throws IOException {
        try (FakeMlflow server = new FakeMlflow();
                UploaderFixture events = new UploaderFixture(folder)) {
            events.start(RUN);
            try (MlflowUploader uploader = MlflowUploader.start(folder, settings(server.uri()))) {
                assertThat(uploader.flush(LONG)).isTrue();
                server.fault = (path, body) ->
                        body.contains("poison") ? FakeMlflow.Reply.json(400, "INVALID_PARAMETER_VALUE", "no") : null;
                // A file where the folder should be: nothing can be written there.
                Files.createFile(uploader.setAsideFolder());
                events.append(metric(RUN, "poison", 0), metric(RUN, "m", 0));
                Awaitility.await().until(() -> uploader.stats().failedAttempts() > 2);
                assertThat(uploader.stats().setAside()).isZero();
                Files.delete(uploader.setAsideFolder());
                assertThat(uploader.flush(LONG)).isTrue();
                assertThat(uploader.stats().setAside()).isEqualTo(1);
            }
            assertThat(server.onlyRun().points).hasSize(1);
        }
    }
}

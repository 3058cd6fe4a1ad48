package dev.melancia.mlflow.upload;

import static dev.melancia.mlflow.upload.UploaderFixture.LONG;
import static dev.melancia.mlflow.upload.UploaderFixture.quick;
import static dev.melancia.mlflow.upload.UploaderFixture.runId;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspacesTest {

    @TempDir
    Path folder;

    @Test
    void eachWorkspaceOfAServerGetsEverything() throws IOException {
        try (FakeMlflow server = new FakeMlflow();
                UploaderFixture events = new UploaderFixture(folder)) {
            events.start(runId(1));
            for (String workspace : List.of("equipe-a", "equipe-b")) {
                try (MlflowUploader uploader = MlflowUploader.start(
                        folder, quick(server.uri()).workspace(workspace).build())) {
                    assertThat(uploader.flush(LONG)).isTrue();
                    assertThat(uploader.stats().delivered()).isEqualTo(1);
                }
            }
        }
    }
}

package dev.melancia.mlflow.upload;

import static dev.melancia.mlflow.upload.UploaderFixture.AT;
import static dev.melancia.mlflow.upload.UploaderFixture.LONG;
import static dev.melancia.mlflow.upload.UploaderFixture.metric;
import static dev.melancia.mlflow.upload.UploaderFixture.runId;
import static dev.melancia.mlflow.upload.UploaderFixture.settings;
import static dev.melancia.mlflow.upload.UploaderFixture.spans;
import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.mlflow.event.ArtifactFolder;
import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.event.TraceTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that look like success but are not MLflow's, and the words of different databases. */
class ForeignAnswerTest {

    private static final String RUN = runId(1);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "experiments/get-by-name | <html>sign in</html>",
                "experiments/get-by-name | {}",
                "experiments/create | {}",
                "runs/search | ''",
                "runs/search | {\"runs\":[{}]}",
                "runs/create | {\"run\":{\"info\":{\"run_id\":\"\"}}}",
                "runs/log-batch | <html>sign in</html>",
                "runs/update | [1]",
                "artifact | <html>sign in</html>",
                "/v1/traces | <html>sign in</html>",
            })
    void aSuccessThatIsNotOfMlflowKeepsEverything(String request, String body) throws IOException {
        try (FakeMlflow server = new FakeMlflow();
                UploaderFixture events = new UploaderFixture(folder)) {
            server.fault = (path, sent) -> path.contains(request) ? FakeMlflow.Reply.text(200, body) : null;
            events.start(RUN);
            artifact(events);
            events.append(
                    metric(RUN, "m", 0), spans(new TraceTarget(runId(9), "experiment", Optional.of(RUN)), "root"));
            events.end(RUN);
            try (MlflowUploader uploader = MlflowUploader.start(folder, settings(server.uri()))) {
                Awaitility.await().until(() -> uploader.stats().failedAttempts() > 2);
                assertThat(uploader.stats().problem().orElse(""))
                        .contains(request, "200", "not by MLflow")
                        .doesNotContain("sign in<");
                server.fault = (path, sent) -> null;
                assertThat(uploader.flush(LONG)).isTrue();
                assertThat(uploader.stats().setAside()).isZero();
            }
            assertThat(server.onlyRun().points).hasSize(1);
            assertThat(server.onlyRun().artifacts).containsKey("a.txt");
            assertThat(server.traces.spans).hasSize(1);
            assertThat(server.onlyRun().status).isEqualTo("FINISHED");
        }
    }

    private void artifact(UploaderFixture events) throws IOException {
        RunEvent.Artifact artifact = new RunEvent.Artifact(RUN, AT, "a.txt", 1);
        Path file = ArtifactFolder.file(folder, artifact);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x");
        events.append(artifact);
    }
}

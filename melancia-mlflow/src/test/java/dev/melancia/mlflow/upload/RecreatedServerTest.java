package dev.melancia.mlflow.upload;

import static dev.melancia.mlflow.upload.UploaderFixture.AT;
import static dev.melancia.mlflow.upload.UploaderFixture.LONG;
import static dev.melancia.mlflow.upload.UploaderFixture.metric;
import static dev.melancia.mlflow.upload.UploaderFixture.runId;
import static dev.melancia.mlflow.upload.UploaderFixture.settings;
import static dev.melancia.mlflow.upload.UploaderFixture.spans;
import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.event.TraceTarget;
import dev.melancia.mlflow.event.TrackingEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose database is made anew while an uploader remembers the ids of its experiments. */
class RecreatedServerTest {

    private static final String LATER = runId(2);

    @TempDir
    Path folder;

    @Test
    void aRunThatStartsLaterGoesToTheNewExperiment() throws IOException {
        anew(new RunEvent.Started(LATER, AT, "experiment", "name"), server -> {
            assertThat(server.onlyRun().tags).containsEntry("experiment", "2");
            assertThat(server.onlyRun().points).hasSize(1);
        });
    }

    @Test
    void aRunThatIsResumedLaterGoesToTheNewExperiment() throws IOException {
        anew(new RunEvent.Resumed(LATER, AT, "experiment"), server -> {
            assertThat(server.onlyRun().tags).containsEntry("experiment", "2");
            assertThat(server.onlyRun().points).hasSize(1);
        });
    }

    @Test
    void spansThatComeLaterGoToTheNewExperiment() throws IOException {
        anew(
                spans(new TraceTarget(runId(3), "experiment", Optional.empty()), "root"),
                new RunEvent.Started(LATER, AT, "experiment", "name"),
                server -> assertThat(server.traces.posts).containsExactly("1 of 2 null"));
    }

    private void anew(TrackingEvent first, Consumer<FakeMlflow> check) throws IOException {
        anew(first, metric(LATER, "m", 0), check);
    }

    private void anew(TrackingEvent first, TrackingEvent second, Consumer<FakeMlflow> check) throws IOException {
        try (FakeMlflow server = new FakeMlflow();
                UploaderFixture events = new UploaderFixture(folder);
                MlflowUploader uploader = MlflowUploader.start(folder, settings(server.uri()))) {
            server.fault = (path, body) -> path.matches("runs/create|/v1/traces") && usesOldId(server, path, body)
                    ? FakeMlflow.Reply.json(404, "RESOURCE_DOES_NOT_EXIST", "no experiment")
                    : null;
            events.start(runId(1));
            assertThat(uploader.flush(LONG)).isTrue();
            server.runs.clear();
            server.experiments.clear();
            server.experiments.put("another", "1");
            events.append(first, second);
            assertThat(uploader.flush(LONG)).isTrue();
            assertThat(uploader.stats().setAside()).isZero();
            check.accept(server);
        }
    }

    /** The fault does not see headers; the spans of the first try are told by the new experiment that is not there yet. */
    private static boolean usesOldId(FakeMlflow server, String path, String body) {
        boolean recreated = server.experiments.containsKey("another");
        return recreated
                && (path.equals("/v1/traces")
                        ? !server.experiments.containsKey("experiment")
                        : body.contains("\"experiment_id\":\"1\""));
    }
}

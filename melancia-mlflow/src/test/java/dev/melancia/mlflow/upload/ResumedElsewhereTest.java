package dev.melancia.mlflow.upload;

import static dev.melancia.mlflow.upload.UploaderFixture.AT;
import static dev.melancia.mlflow.upload.UploaderFixture.LONG;
import static dev.melancia.mlflow.upload.UploaderFixture.runId;
import static dev.melancia.mlflow.upload.UploaderFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.event.RunOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A second process goes on with a run, and its journal is read before the rest of the first one's. */
class ResumedElsewhereTest {

    private static final String RUN = runId(1);
    private static final RunEvent RESUMED = new RunEvent.Resumed(RUN, AT.plusSeconds(10), "experiment");
    private static final RunEvent FIRST_END = new RunEvent.Ended(RUN, AT.plusSeconds(1), RunOutcome.FAILED);
    private static final RunEvent LAST_END = new RunEvent.Ended(RUN, AT.plusSeconds(20), RunOutcome.FINISHED);

    @TempDir
    Path folder;

    private FakeMlflow server;
    private UploaderFixture events;

    @BeforeEach
    void open() throws IOException {
        server = new FakeMlflow();
        events = new UploaderFixture(folder);
        events.start(RUN);
    }

    @AfterEach
    void close() {
        events.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theEndOfTheFirstDoesNotEndWhatTheSecondResumed(boolean restarts) {
        deliver(restarts, RESUMED, FIRST_END);
        assertThat(server.onlyRun().status).isEqualTo("RUNNING");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theEndOfTheFirstDoesNotReplaceThatOfTheSecond(boolean restarts) {
        deliver(restarts, RESUMED, LAST_END, FIRST_END);
        assertThat(server.onlyRun().status).isEqualTo("FINISHED");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anOlderResumptionDoesNotOpenWhatHasEnded(boolean restarts) {
        RunEvent older = new RunEvent.Resumed(RUN, AT.plusSeconds(5), "experiment");
        deliver(restarts, RESUMED, LAST_END, older, FIRST_END);
        assertThat(server.onlyRun().status).isEqualTo("FINISHED");
    }

    @Test
    void anOlderTagDoesNotReplaceANewerOne() {
        deliver(
                false,
                new RunEvent.Tag(RUN, AT.plusSeconds(2), "t", "newer"),
                new RunEvent.Tag(RUN, AT, "other", "a"),
                new RunEvent.Tag(RUN, AT.plusSeconds(1), "t", "older"));
        assertThat(server.onlyRun().tags).containsEntry("t", "newer").containsEntry("other", "a");
    }

    /** @param restarts whether each event is delivered by an uploader of its own, or all by one */
    private void deliver(boolean restarts, RunEvent... all) {
        if (!restarts) {
            events.append(all);
            deliver();
            return;
        }
        for (RunEvent event : List.of(all)) {
            events.append(event);
            deliver();
        }
    }

    private void deliver() {
        try (MlflowUploader uploader = MlflowUploader.start(folder, settings(server.uri()))) {
            assertThat(uploader.flush(LONG)).isTrue();
            assertThat(uploader.stats().setAside()).isZero();
        }
    }
}

package dev.melancia.mlflow.upload;

import static dev.melancia.mlflow.upload.UploaderFixture.LONG;
import static dev.melancia.mlflow.upload.UploaderFixture.metric;
import static dev.melancia.mlflow.upload.UploaderFixture.runId;
import static dev.melancia.mlflow.upload.UploaderFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that carries out a creation later than it should. */
class RunCreationTest {

    private static final String RUN = runId(1);

    @TempDir
    Path folder;

    private FakeMlflow server;
    private UploaderFixture events;

    @BeforeEach
    void open() throws IOException {
        server = new FakeMlflow();
        events = new UploaderFixture(folder);
    }

    @AfterEach
    void close() {
        events.close();
        server.close();
    }

    @Test
    void aCreationThatIsCarriedOutAfterOurFirstSearchIsAdopted() {
        server.fault = (path, body) -> {
            if (path.equals("runs/search") && server.count("runs/search") == 3) {
                server.createLate(RUN);
            }
            return path.equals("runs/create") ? FakeMlflow.Reply.text(504, "gateway time-out") : null;
        };
        events.start(RUN);
        events.append(metric(RUN, "m", 0));
        deliver();
        assertThat(server.onlyRun().points).hasSize(1);
        assertThat(server.count("runs/create")).isEqualTo(1);
    }

    @Test
    void anEmptyTwinThatComesIntoBeingLaterIsDeletedWhenTheRunEnds() {
        int[] creations = {0};
        server.fault = (path, body) -> {
            if (path.equals("runs/log-batch") && server.runs.size() == 1) {
                server.createLate(RUN);
            }
            return path.equals("runs/create") && creations[0]++ == 0 ? FakeMlflow.Reply.text(502, "bad") : null;
        };
        events.start(RUN);
        events.append(metric(RUN, "m", 0));
        deliver(); // The doubt survives the process.
        events.end(RUN);
        deliver();
        assertThat(server.runs).hasSize(2);
        assertThat(server.runs.get("server1").deleted).isFalse();
        assertThat(server.runs.get("server1").points).hasSize(1);
        assertThat(server.runs.get("server2").deleted).isTrue();
    }

    @Test
    void aRunWhoseCreatorWasKilledIsSearchedForTwiceBeforeItIsCreated() throws IOException {
        deliver();
        try (var files = Files.walk(folder)) {
            Path lock = files.filter(file -> file.endsWith("lock")).findFirst().orElseThrow();
            Files.writeString(lock.resolveSibling("creating"), RUN);
        }
        events.start(RUN);
        deliver();
        assertThat(server.runs).hasSize(1);
        assertThat(server.count("runs/search")).isEqualTo(2);
    }

    @Test
    void aCreationThatWasRefusedLeavesNoDoubt() {
        int[] left = {3};
        server.fault =
                (path, body) -> path.equals("runs/create") && left[0]-- > 0 ? FakeMlflow.Reply.text(429, "slow") : null;
        events.start(RUN);
        deliver();
        assertThat(server.runs).hasSize(1);
        assertThat(server.count("runs/search")).isEqualTo(4);
    }

    private void deliver() {
        try (MlflowUploader uploader = MlflowUploader.start(folder, settings(server.uri()))) {
            assertThat(uploader.flush(LONG)).isTrue();
        }
    }
}

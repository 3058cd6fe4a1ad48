package dev.melancia.mlflow.upload;

import static dev.melancia.mlflow.upload.UploaderFixture.runId;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.melancia.journal.JournalPosition;
import dev.melancia.journal.JournalReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class DeliveryProbeTest {

    @TempDir
    Path folder;

    @Test
    void followsTheOtherUploaderRecordByRecord() {
        DeliveryProbe probe = new DeliveryProbe(folder);
        assertThat(probe.answered(JournalPosition.START, 1)).hasValue(1);
        JournalReader theirs = new JournalReader(folder, JournalPosition.START);
        try (UploaderFixture events = new UploaderFixture(folder)) {
            events.start(runId(1));
            events.end(runId(1));
            assertThat(probe.answered(theirs.position(), 1)).isEmpty();
            theirs.next();
            assertThat(probe.answered(theirs.position(), 1)).isEmpty();
            theirs.next();
            assertThat(probe.answered(theirs.position(), 1)).hasValue(1);
            events.start(runId(2));
            assertThat(probe.answered(theirs.position(), 1)).isEmpty();
        }
    }

    @Test
    void whatIsWrittenAfterTheQuestionIsNotWaitedFor() {
        DeliveryProbe probe = new DeliveryProbe(folder);
        JournalReader theirs = new JournalReader(folder, JournalPosition.START);
        try (UploaderFixture events = new UploaderFixture(folder)) {
            events.start(runId(1));
            assertThat(probe.answered(theirs.position(), 7)).isEmpty();
            events.start(runId(2));
            theirs.next();
            assertThat(probe.answered(theirs.position(), 8)).hasValue(7);
            assertThat(probe.answered(theirs.position(), 8)).isEmpty();
        }
    }

    @Test
    void aDeletedSegmentIsNotWaitedFor() throws IOException {
        DeliveryProbe probe = new DeliveryProbe(folder);
        try (UploaderFixture events = new UploaderFixture(folder)) {
            events.start(runId(1));
            assertThat(probe.answered(JournalPosition.START, 1)).isEmpty();
        }
        try (var files = Files.newDirectoryStream(folder, "*.jsonl")) {
            for (Path segment : files) {
                Files.delete(segment);
            }
        }
        assertThat(probe.answered(JournalPosition.START, 1)).hasValue(1);
    }

    @Test
    void aWaitingUploaderTellsOfATornLineOnce() throws IOException {
        // The number of the process is beyond what Linux hands out.
        Files.writeString(folder.resolve("0000000000000001-1099511627776-00000007.jsonl"), "{\"c\":");
        Logger logger = (Logger) LoggerFactory.getLogger(JournalReader.class);
        Level before = logger.getLevel();
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        try (FakeMlflow server = new FakeMlflow();
                UploaderFixture events = new UploaderFixture(folder);
                MlflowUploader first = MlflowUploader.start(folder, UploaderFixture.settings(server.uri()))) {
            events.start(runId(1));
            assertThat(first.flush(UploaderFixture.LONG)).isTrue();
            logger.setLevel(Level.WARN);
            logger.addAppender(lines);
            try (MlflowUploader waiting = MlflowUploader.start(folder, UploaderFixture.settings(server.uri()))) {
                for (int i = 0; i < 5; i++) {
                    assertThat(waiting.flush(UploaderFixture.LONG)).isTrue();
                }
                Awaitility.await().until(() -> !lines.list.isEmpty());
            }
            assertThat(lines.list).hasSize(1);
        } finally {
            logger.detachAppender(lines);
            logger.setLevel(before);
        }
    }
}

package dev.melancia.mlflow.upload;

import static dev.melancia.mlflow.upload.UploaderFixture.runId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melancia.journal.JournalException;
import dev.melancia.journal.JournalPosition;
import dev.melancia.journal.JournalReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadWindowTest {

    @TempDir
    Path folder;

    @Test
    void whatWasReadBeforeTheDiskFailedIsDelivered() throws IOException {
        // A folder where a segment should be: there, but it cannot be opened as a file.
        Path unreadable = folder.resolve("9999999999999999-1-00000000.jsonl");
        Files.createDirectory(unreadable);
        try (UploaderFixture events = new UploaderFixture(folder)) {
            events.start(runId(1));
            events.end(runId(1));
            JournalReader reader = new JournalReader(folder, JournalPosition.START);
            UploadWindow window = new UploadWindow(
                    reader,
                    new RejectedEvents(folder.resolve("rejected"), new UploadCounters(), RejectedEvents.MOST_BYTES));
            assertThat(window.refill()).isTrue();
            assertThat(window.plan()).hasSize(2);
            assertThatThrownBy(window::refill).isInstanceOf(JournalException.class);
            Files.delete(unreadable);
            events.start(runId(2));
            assertThat(window.refill()).isTrue();
            assertThat(window.plan()).hasSize(1);
        }
    }
}

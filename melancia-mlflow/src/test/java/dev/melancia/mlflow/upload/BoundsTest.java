package dev.melancia.mlflow.upload;

import static dev.melancia.mlflow.upload.UploaderFixture.metric;
import static dev.melancia.mlflow.upload.UploaderFixture.runId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.journal.JournalPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an uploader keeps does not grow with what it meets. */
class BoundsTest {

    @TempDir
    Path folder;

    @Test
    void theStateKeepsTheRunsThatWereUsedLast() throws IOException {
        Path file = folder.resolve("state.json");
        UploadState state = UploadState.load(file);
        String first = runId(0);
        for (int i = 0; i < 20_000; i++) {
            state.openRuns().put(runId(i), new UploadedRun("server" + i, "mlflow-artifacts:/1/a/artifacts", ""));
            state.refusedRuns().put(runId(i), true);
            state.openRuns().get(first);
        }
        state.save(JournalPosition.START);
        assertThat(Files.size(file)).isLessThan(300_000);
        UploadState loaded = UploadState.load(file);
        assertThat(loaded.openRuns().size()).isEqualTo(1_000);
        assertThat(loaded.openRuns().get(first)).isNotNull();
        assertThat(loaded.openRuns().get(runId(1))).isNull();
        assertThat(loaded.openRuns().get(runId(19_999))).isNotNull();
    }

    @Test
    void whatIsRefusedIsKeptUpToABoundAndCountedBeyondItAndSaidOnce() throws IOException {
        UploadCounters counters = new UploadCounters();
        Path kept = folder.resolve("rejected");
        try (RejectedEvents rejected = new RejectedEvents(kept, counters, 20_000);
                Warnings warnings = new Warnings()) {
            for (int i = 0; i < 1_000; i++) {
                rejected.setAside(metric(runId(1), "m", i), "was answered 400", "detail");
            }
            assertThat(warnings.lines()).hasSize(1);
        }
        assertThat(counters.snapshot(OptionalLong.empty()).setAside()).isEqualTo(1_000);
        try (var files = Files.list(kept)) {
            assertThat(files.mapToLong(file -> file.toFile().length()).sum()).isBetween(10_000L, 30_000L);
        }
        try (RejectedEvents later = new RejectedEvents(kept, counters, 20_000);
                Warnings warnings = new Warnings()) {
            later.setAside(metric(runId(1), "m", 0), "was answered 400", "detail");
            later.setAside(metric(runId(1), "m", 0), "was answered 400", "detail");
            assertThat(warnings.lines()).hasSize(1);
        }
    }
}

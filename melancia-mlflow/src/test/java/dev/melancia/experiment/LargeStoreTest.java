package dev.melancia.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.journal.CompactionResult;
import dev.melancia.journal.Journal;
import dev.melancia.mlflow.event.EventCodec;
import dev.melancia.mlflow.event.MetricPoint;
import dev.melancia.mlflow.event.RunEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred thousand points: nothing is lost and the folder becomes a quarter at most. No timing. */
class LargeStoreTest {

    private static final String RUN = "0123456789abcdef0123456789abcdef";
    private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");
    private static final int POINTS = 100_000;
    private static final int KEYS = 10;

    @TempDir
    Path temp;

    @Test
    void isTheSameBeforeAndAfterCompaction() {
        Path folder = temp.resolve("runs");
        record(folder, new Random(1));
        try (ExperimentTracker tracker =
                ExperimentTracker.builder(folder).experiment("e").build()) {
            RecordedRun before = tracker.find(RUN).orElseThrow();
            List<MetricPoint> points = tracker.history(RUN, "k3");
            assertThat(points).hasSize(POINTS / KEYS);
            CompactionResult result = tracker.compact().orElseThrow();
            assertThat(result.waiting()).isZero();
            assertThat(result.bytesAfter()).isLessThan(result.bytesBefore() / 4);
            try (ExperimentTracker later =
                    ExperimentTracker.builder(folder).experiment("e").build()) {
                for (ExperimentTracker reader : List.of(tracker, later)) {
                    assertThat(reader.find(RUN).orElseThrow().metrics()).isEqualTo(before.metrics());
                    assertThat(reader.find(RUN).orElseThrow().tags()).isEqualTo(before.tags());
                    assertThat(reader.history(RUN, "k3")).isEqualTo(points);
                }
            }
        }
    }

    @Test
    void whatAServerHasNotGotYetIsLeftForLater() throws Exception {
        Path folder = temp.resolve("runs");
        record(folder, new Random(2));
        Path state = Files.createDirectories(folder.resolve("mlflow-01234567")).resolve("state.json");
        try (ExperimentTracker tracker = ExperimentTracker.builder(folder).build()) {
            assertThat(tracker.compact().orElseThrow().replaced()).isZero();
            Files.writeString(state, "{\"v\":1,\"segments\":{}}");
            assertThat(tracker.compact().orElseThrow().replaced()).isZero();
            try (var segments = Files.newDirectoryStream(folder, "*.jsonl")) {
                Path first = segments.iterator().next();
                Files.writeString(
                        state, "{\"v\":1,\"segments\":{\"" + first.getFileName() + "\":" + Files.size(first) + "}}");
            }
            assertThat(tracker.compact().orElseThrow().replaced()).isEqualTo(1);
        }
    }

    private static void record(Path folder, Random random) {
        try (Journal journal = Journal.open(folder, 4 << 20, InstantSource.system())) {
            journal.append(EventCodec.encode(new RunEvent.Started(RUN, AT, "e", "large")));
            List<byte[]> batch = new ArrayList<>();
            for (int n = 0; n < POINTS; n++) {
                MetricPoint point = new MetricPoint(random.nextDouble(), n / KEYS, AT.plusMillis(n));
                batch.add(EventCodec.encode(new RunEvent.Metric(RUN, "k" + n % KEYS, point)));
                if (n % 1_000 == 999) {
                    batch.add(EventCodec.encode(new RunEvent.Tag(RUN, AT, "progress", "n" + n)));
                    journal.appendAll(batch);
                    batch.clear();
                }
            }
        }
    }
}

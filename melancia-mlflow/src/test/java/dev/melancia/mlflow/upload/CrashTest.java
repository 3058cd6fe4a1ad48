package dev.melancia.mlflow.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.journal.JournalPosition;
import dev.melancia.journal.JournalReader;
import dev.melancia.journal.JournalRecord;
import dev.melancia.mlflow.event.EventCodec;
import dev.melancia.mlflow.event.RunEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** kill -9 of a process that records and uploads, in front of a server that loses answers. */
class CrashTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyAcknowledgedPointIsThereExactlyOnceAfterKill9(long seed) throws Exception {
        Random random = new Random(seed);
        try (FakeMlflow server = new FakeMlflow()) {
            Random faults = new Random(seed + 100);
            server.fault = (path, body) -> nextBoolean(faults) ? FakeMlflow.DROP_AFTER : null;
            int acknowledged = runAndKill(server, seed, 50 + random.nextInt(8_000));
            List<Long> kept = stepsInJournal();
            assertThat(kept).as("seed %d", seed).doesNotHaveDuplicates();
            // One more record may have been written without its acknowledgement.
            assertThat(kept.size()).as("seed %d", seed).isBetween(acknowledged, acknowledged + 1);
            assertThat(kept.get(kept.size() - 1)).as("seed %d", seed).isEqualTo(kept.size() - 1L);
            try (MlflowUploader uploader = MlflowUploader.start(folder, UploaderFixture.settings(server.uri()))) {
                assertThat(uploader.flush(UploaderFixture.LONG))
                        .as("seed %d", seed)
                        .isTrue();
                assertThat(uploader.stats().setAside()).as("seed %d", seed).isZero();
            }
            assertThat(server.onlyRun().points).as("seed %d", seed).hasSize(kept.size());
        }
    }

    private static boolean nextBoolean(Random faults) {
        synchronized (faults) {
            return faults.nextInt(4) == 0;
        }
    }

    /** Every other case is killed in the middle of the upload for certain. */
    private static boolean uploading(FakeMlflow server, long seed) {
        return seed % 2 == 0 || server.count("runs/log-batch") > 0;
    }

    /** Number of points that were acknowledged, at least as many as asked for. */
    private int runAndKill(FakeMlflow server, long seed, int points) throws IOException, InterruptedException {
        Process process = DoomedProcess.start(folder, server.uri(), UploaderFixture.runId(seed));
        int acknowledged = 0;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            while ((acknowledged < points || !uploading(server, seed)) && out.readLine() != null) {
                acknowledged++;
            }
            process.toHandle().destroyForcibly(); // Unlike the process's own method, this leaves the pipe open.
            // What is still in the pipe was acknowledged too; its last line may be cut.
            StringBuilder rest = new StringBuilder();
            for (int c = out.read(); c >= 0; c = out.read()) {
                rest.append((char) c);
            }
            acknowledged += (int) rest.chars().filter(c -> c == '\n').count();
        }
        assertThat(process.waitFor()).isNotZero();
        return acknowledged;
    }

    private List<Long> stepsInJournal() {
        List<Long> steps = new ArrayList<>();
        JournalReader reader = new JournalReader(folder, JournalPosition.START);
        for (Optional<JournalRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
            if (EventCodec.decode(next.get().json()).orElseThrow() instanceof RunEvent.Metric metric) {
                steps.add(metric.point().step());
            }
        }
        return steps;
    }
}

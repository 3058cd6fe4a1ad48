package dev.melancia.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.mlflow.event.MetricPoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of a process that compacts nearly all the time, several times on one folder. */
class CompactionCrashTest {

    private static final int KILLS = 5;

    @TempDir
    Path folder;

    @Test
    void everyAcknowledgedPointIsThereExactlyOnceAfterEachKill9() throws Exception {
        Random random = new Random(1);
        RunStore open = new RunStore(folder);
        int points = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int acknowledged = runAndKill(points, 300 + random.nextInt(2_000), random);
            List<Long> kept = steps(new RunStore(folder));
            // One more point may have been written without its acknowledgement.
            assertThat(kept.size()).isBetween(points + acknowledged, points + acknowledged + 1);
            assertThat(kept).isEqualTo(LongStream.range(0, kept.size()).boxed().toList());
            assertThat(countOf(open)).isEqualTo(kept.size());
            points = kept.size();
        }
        assertThat(Compaction.run(folder, InstantSource.system())).isPresent();
        assertThat(steps(new RunStore(folder))).hasSize(points);
        assertThat(countOf(open)).isEqualTo(points);
    }

    private static List<Long> steps(RunStore store) {
        return store.history(DoomedCompaction.RUN, "m").stream()
                .map(MetricPoint::step)
                .toList();
    }

    private static long countOf(RunStore store) {
        return store.find(DoomedCompaction.RUN).orElseThrow().metrics().get("m").count();
    }

    /** Number of points that were acknowledged; killed within a round's compaction, most of the time. */
    private int runAndKill(int from, int points, Random random) throws IOException, InterruptedException {
        Process process = DoomedCompaction.start(folder, from);
        int acknowledged = 0;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            while (acknowledged < points && out.readLine() != null) {
                acknowledged++;
            }
            // The last line of a round is followed by its compaction.
            while (acknowledged % 400 != 0 && random.nextInt(2_000) > 0 && out.readLine() != null) {
                acknowledged++;
            }
            process.toHandle().destroyForcibly(); // Unlike the process's own method, this leaves the pipe open.
            StringBuilder rest = new StringBuilder();
            for (int c = out.read(); c >= 0; c = out.read()) {
                rest.append((char) c);
            }
            acknowledged += (int) rest.chars().filter(c -> c == '\n').count();
        }
        assertThat(process.waitFor()).isNotZero();
        return acknowledged;
    }
}

package dev.melancia.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.mlflow.event.EventCodec;
import dev.melancia.mlflow.event.MetricPoint;
import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.event.RunOutcome;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** There is no order between segments: a run is the same in whatever order they are read. */
class RunFoldTest {

    private static final String ID = "0123456789abcdef0123456789abcdef";
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final String FIRST = "0000000000000001-1-00000000.jsonl";
    private static final String SECOND = "0000000000000002-1-00000000.jsonl";

    private static final List<RunEvent> BEFORE = List.of(
            new RunEvent.Started(ID, START, "e", "n"),
            new RunEvent.Tag(ID, at(1), "stage", "dev"),
            new RunEvent.Metric(ID, "m", new MetricPoint(1, 0, at(2))),
            new RunEvent.Tag(ID, at(3), "only before", "x"),
            new RunEvent.Ended(ID, at(4), RunOutcome.FAILED),
            new RunEvent.Resumed(ID, at(5), "e"),
            new RunEvent.Ended(ID, at(6), RunOutcome.KILLED));

    private static final List<RunEvent> AFTER = List.of(
            new RunEvent.Resumed(ID, at(7), "e"),
            new RunEvent.Tag(ID, at(8), "stage", "prod"),
            new RunEvent.Metric(ID, "m", new MetricPoint(2, 1, at(9))));

    private static Instant at(int seconds) {
        return START.plusSeconds(seconds);
    }

    @Test
    void aRunThatGoesOnIsTheSameInWhateverOrderItIsRead() {
        for (int seed = 0; seed < 200; seed++) {
            RunFold fold = shuffled(seed, AFTER);
            assertThat(fold.snapshot().tags())
                    .as("seed %d", seed)
                    .containsExactly(Map.entry("only before", "x"), Map.entry("stage", "prod"));
            assertThat(fold.endedAt).as("seed %d", seed).isNull();
            assertThat(fold.snapshot().metrics().get("m").last()).isEqualTo(2);
        }
    }

    @Test
    void theLatestEndStandsInWhateverOrderItIsRead() {
        List<RunEvent> after = new ArrayList<>(AFTER);
        after.add(new RunEvent.Ended(ID, at(10), RunOutcome.FINISHED));
        for (int seed = 0; seed < 200; seed++) {
            RunFold fold = shuffled(seed, after);
            assertThat(fold.endedAt).as("seed %d", seed).isEqualTo(at(10));
            assertThat(fold.snapshot().status()).as("seed %d", seed).isEqualTo(RunStatus.FINISHED);
        }
    }

    @Test
    void compactionKeepsTheValueOfATagThatIsRead() {
        RunEvent later = new RunEvent.Tag(ID, at(2), "stage", "prod");
        RunEvent earlier = new RunEvent.Tag(ID, at(1), "stage", "dev");
        EventPacker packer = new EventPacker();
        List<byte[]> packed = new ArrayList<>();
        packer.pack(EventCodec.encode(later), packed::add);
        packer.pack(EventCodec.encode(earlier), packed::add);
        packer.finish(packed::add);
        assertThat(packed).containsExactly(EventCodec.encode(later));
    }

    private static RunFold shuffled(int seed, List<RunEvent> after) {
        List<RunEvent> all = new ArrayList<>(BEFORE);
        all.addAll(after);
        Collections.shuffle(all, new Random(seed));
        RunFold fold = new RunFold(BEFORE.contains(all.get(0)) ? FIRST : SECOND, Path.of("runs"));
        all.forEach(event -> fold.add(event, BEFORE.contains(event) ? FIRST : SECOND));
        return fold;
    }
}

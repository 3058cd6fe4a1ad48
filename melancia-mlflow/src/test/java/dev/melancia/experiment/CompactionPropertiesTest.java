package dev.melancia.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.journal.Compactions;
import dev.melancia.journal.JournalPosition;
import dev.melancia.journal.JournalReader;
import dev.melancia.journal.JournalRecord;
import dev.melancia.mlflow.event.EventCodec;
import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.event.TrackingEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random histories compacted with a crash at random steps; the seed of a failing case is in its message. */
class CompactionPropertiesTest {

    private static final int CASES = 8;

    @TempDir
    Path temp;

    @Test
    void readersBeforeDuringAndAfterGiveTheSameFold() throws IOException {
        for (long seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            Path folder = Files.createDirectory(temp.resolve("store" + seed));
            RunStore early = new RunStore(folder);
            try (RandomHistory history = new RandomHistory(folder, random)) {
                history.write(random.nextInt(150), () -> {});
                history.die();
                history.write(150, () -> early.runs("e"));
                JournalReader reader = new JournalReader(folder, JournalPosition.START);
                rest(reader);
                JournalPosition read = reader.position();
                Path reference = copy(folder, "reference" + seed);
                String expected = StoreText.of(new RunStore(reference), history.runs());
                compactWithCrashes(folder, random, step -> {
                    assertThat(StoreText.of(new RunStore(folder), history.runs()))
                            .isEqualTo(expected);
                    assertThat(StoreText.of(early, history.runs())).isEqualTo(expected);
                });
                assertThat(StoreText.of(new RunStore(folder), history.runs()))
                        .as("seed %d", seed)
                        .isEqualTo(expected);
                assertThat(rest(new JournalReader(folder, read)))
                        .as("seed %d", seed)
                        .isEmpty();
                assertThat(others(folder)).as("seed %d", seed).isEqualTo(others(reference));
                history.write(30, () -> {});
                assertThat(StoreText.of(early, history.runs()))
                        .as("seed %d", seed)
                        .isEqualTo(StoreText.of(new RunStore(folder), history.runs()));
            }
        }
    }

    @Test
    void everyRunCanStillBeUploadedForTheFirstTime() throws IOException {
        for (long seed = 0; seed < CASES; seed++) {
            Path folder = Files.createDirectory(temp.resolve("upload" + seed));
            try (RandomHistory history = new RandomHistory(folder, new Random(seed))) {
                history.write(200, () -> {});
                List<String> before = Deliverable.of(events(folder));
                Compactions.withSteps(folder, step -> {}).run(List.of(), EventPacker::new);
                assertThat(Deliverable.of(events(folder))).as("seed %d", seed).isEqualTo(before);
            }
        }
    }

    private static void compactWithCrashes(Path folder, Random random, Consumer<String> check) {
        boolean done = false;
        for (int attempt = 1; !done; attempt++) {
            int[] left = {random.nextInt(15 * attempt)};
            try {
                Compactions.withSteps(folder, step -> {
                            check.accept(step);
                            if (left[0]-- == 0) {
                                throw new Compactions.Crash();
                            }
                        })
                        .run(List.of(), EventPacker::new);
                done = true;
            } catch (Compactions.Crash killed) {
                check.accept("killed");
            }
        }
    }

    private Path copy(Path folder, String name) throws IOException {
        Path copy = Files.createDirectory(temp.resolve(name));
        try (var files = Files.newDirectoryStream(folder, Files::isRegularFile)) {
            for (Path file : files) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    /** Records that are no run events, as they are. */
    private static List<String> others(Path folder) {
        return rest(new JournalReader(folder, JournalPosition.START)).stream()
                .filter(record -> record.text().contains("\"type\":\"note\""))
                .map(JournalRecord::text)
                .toList();
    }

    private static List<RunEvent> events(Path folder) {
        List<RunEvent> events = new ArrayList<>();
        for (JournalRecord record : rest(new JournalReader(folder, JournalPosition.START))) {
            Optional<TrackingEvent> event = EventCodec.decode(record.json());
            if (event.isPresent() && event.get() instanceof RunEvent run) {
                events.add(run);
            }
        }
        return events;
    }

    private static List<JournalRecord> rest(JournalReader reader) {
        List<JournalRecord> records = new ArrayList<>();
        for (Optional<JournalRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
            records.add(next.get());
        }
        return records;
    }
}

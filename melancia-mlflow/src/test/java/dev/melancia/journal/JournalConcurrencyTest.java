package dev.melancia.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalConcurrencyTest {

    private static final int WRITERS = 4;
    private static final int RECORDS = 3_000;

    @TempDir
    Path folder;

    @Test
    void aReaderBesideWritersSeesEveryRecordOnceAndEachWriterInOrder() throws InterruptedException {
        Map<String, Integer> next = new HashMap<>();
        // Two journals of two threads each; small segments, so that rotation happens all the time; flushes in between.
        try (Journal first = Journal.open(folder, 5_000, InstantSource.system());
                Journal second = Journal.open(folder, 5_000, InstantSource.system())) {
            List<Thread> writers = new ArrayList<>();
            for (int w = 0; w < WRITERS; w++) {
                writers.add(writer(w % 2 == 0 ? first : second, w));
            }
            writers.forEach(Thread::start);
            JournalReader reader = new JournalReader(folder, JournalPosition.START);
            while (writers.stream().anyMatch(Thread::isAlive)) {
                readOn(reader, next);
            }
            for (Thread writer : writers) {
                writer.join();
            }
            readOn(reader, next);
            assertThat(reader.damage().none()).isTrue();
        }
        assertThat(next)
                .hasSize(WRITERS)
                .allSatisfy((writer, count) -> assertThat(count).isEqualTo(RECORDS));
    }

    private static Thread writer(Journal journal, int number) {
        return new Thread(() -> {
            for (int n = 0; n < RECORDS; n++) {
                journal.append("{\"writer\":\"w" + number + "\",\"n\":" + n + "}");
                if (n % 1_000 == 999) {
                    journal.flush();
                }
            }
        });
    }

    private static void readOn(JournalReader reader, Map<String, Integer> next) {
        for (Optional<JournalRecord> record = reader.next(); record.isPresent(); record = reader.next()) {
            String text = record.get().text();
            String writer = text.substring(text.indexOf(":\"") + 2, text.indexOf("\","));
            int n = Integer.parseInt(text.substring(text.lastIndexOf(':') + 1, text.length() - 1));
            assertThat(n).isEqualTo(next.getOrDefault(writer, 0));
            next.put(writer, n + 1);
        }
    }
}

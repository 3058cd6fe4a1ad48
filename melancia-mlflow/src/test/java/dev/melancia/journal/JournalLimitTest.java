package dev.melancia.journal;

import static dev.melancia.journal.JournalTest.readAll;
import static dev.melancia.journal.JournalTest.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalLimitTest {

    private static final String RECORD = "{\"x\":\"" + "y".repeat(1_000) + "\"}";
    private static final int LINE = Frame.lines(List.of(utf8(RECORD))).length;

    @TempDir
    Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

    @Test
    void acceptsUpToTheLimitAndRefusesWhatIsBeyondByName() throws IOException {
        try (Journal journal = journal(10L * LINE)) {
            for (int n = 0; n < 10; n++) {
                journal.append(RECORD);
            }
            assertThatThrownBy(() -> journal.append(RECORD))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining("at most " + 10L * LINE + " bytes, took " + 10L * LINE)
                    .hasMessageContaining("nothing was recorded")
                    .hasMessageContaining("Compact the folder");
            assertThat(readAll(folder)).hasSize(10);
            assertThat(bytes()).isEqualTo(10L * LINE);
        }
    }

    @Test
    void countsWhatItRefusesAndLogsItOnce() {
        try (Journal journal = journal(1);
                JournalLog log = new JournalLog(Journal.class)) {
            for (int n = 0; n < 100; n++) {
                assertThatThrownBy(() -> journal.append(RECORD)).isInstanceOf(JournalException.class);
            }
            assertThatThrownBy(() -> journal.appendAll(List.of(utf8("{}"), utf8("{}"))))
                    .isInstanceOf(JournalException.class);
            assertThat(journal.refusedRecords()).isEqualTo(102);
            assertThat(log.lines()).hasSize(1);
        }
    }

    @Test
    void acceptsAgainASecondAfterSpaceWasFreed() throws IOException {
        Path old = Files.write(folder.resolve("old"), new byte[10 * LINE]);
        try (Journal journal = journal(10L * LINE)) {
            assertThatThrownBy(() -> journal.append(RECORD)).isInstanceOf(JournalException.class);
            Files.delete(old);
            assertThatThrownBy(() -> journal.append(RECORD)).isInstanceOf(JournalException.class);
            now.set(now.get().plus(Duration.ofSeconds(1)));
            journal.append(RECORD);
            assertThat(journal.refusedRecords()).isEqualTo(2);
        }
        assertThat(readAll(folder)).containsExactly(RECORD);
    }

    @Test
    void whatOtherJournalsWriteCountsToo() {
        int records = 2_000;
        try (Journal one = journal((long) records * LINE);
                Journal other = journal((long) records * LINE)) {
            int accepted = 0;
            for (int n = 0; n < records; n++) {
                accepted += accepts(one) ? 1 : 0;
                accepted += accepts(other) ? 1 : 0;
            }
            assertThat(accepted).isBetween(records * 3 / 4, records * 5 / 4);
        }
    }

    @Test
    void theFolderIsNotMeasuredAtEachAppend() throws IOException {
        try (Journal journal = journal(1_000L * LINE)) {
            journal.append(RECORD);
            // Unseen: a quarter of what was left may be written before the next look.
            Files.write(folder.resolve("other"), new byte[1_000 * LINE]);
            journal.append(RECORD);
            assertThat(journal.refusedRecords()).isZero();
        }
    }

    @Test
    void aFullDiskIsCountedAndLoggedOnce() {
        FillingDisk disk = new FillingDisk();
        try (Journal journal = disk.journal(folder);
                JournalLog log = new JournalLog(Journal.class)) {
            journal.append("{}");
            disk.room = 0;
            for (int n = 0; n < 10; n++) {
                assertThatThrownBy(() -> journal.append("{}")).isInstanceOf(JournalException.class);
            }
            disk.room = Frame.lines(List.of(utf8("{}"))).length + 5;
            assertThatThrownBy(() -> journal.appendAll(List.of(utf8("{}"), utf8("{}"), utf8("{}"))))
                    .isInstanceOf(JournalException.class);
            assertThat(journal.refusedRecords()).isEqualTo(12);
            disk.room = Integer.MAX_VALUE;
            journal.append("{}");
            assertThat(journal.refusedRecords()).isEqualTo(12);
            assertThat(log.lines()).hasSize(1);
        }
    }

    @Test
    void aLimitMustBePositive() {
        assertThatThrownBy(() -> Journal.open(folder, 1, 0, InstantSource.system()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("limitBytes must be at least 1, was 0");
    }

    @Test
    void anAppendDoesNotLookAtTheClockOfTheCaller() {
        int[] looks = new int[1];
        InstantSource ticking = () -> Instant.EPOCH.plusSeconds(looks[0]++);
        try (Journal journal = Journal.open(folder, 1 << 20, ticking)) {
            journal.append("{}");
            journal.append("{}");
        }
        assertThat(looks[0]).isEqualTo(1);
    }

    @Test
    void aSegmentThatWasIdleForTwelveHoursIsNotAppendedTo() throws IOException {
        try (Journal journal = journal(Long.MAX_VALUE)) {
            journal.append("{\"n\":1}");
            now.set(now.get().plus(Duration.ofHours(12).minusMillis(1)));
            journal.append("{\"n\":2}");
            assertThat(SegmentName.list(folder)).hasSize(1);
            now.set(now.get().plus(Duration.ofHours(12)));
            journal.append("{\"n\":3}");
            assertThat(SegmentName.list(folder)).hasSize(2);
        }
        assertThat(readAll(folder)).containsExactly("{\"n\":1}", "{\"n\":2}", "{\"n\":3}");
    }

    private Journal journal(long limitBytes) {
        FolderLimit limit = new FolderLimit(folder, limitBytes);
        return new Journal(1 << 20, limit, InstantSource.system(), DiskSegmentFile::create, now::get);
    }

    private static boolean accepts(Journal journal) {
        try {
            journal.append(RECORD);
            return true;
        } catch (JournalException full) {
            return false;
        }
    }

    private long bytes() throws IOException {
        long sum = 0;
        for (String name : SegmentName.list(folder)) {
            sum += Files.size(folder.resolve(name));
        }
        return sum;
    }
}

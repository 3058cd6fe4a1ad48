package dev.melancia.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    @TempDir
    Path folder;

    @Test
    void readsBackWhatWasAppendedInOrder() {
        try (Journal journal = Journal.open(folder)) {
            journal.append("{\"n\":1}");
            journal.appendAll(List.of(utf8("{\"n\":2}"), utf8("{\"n\":\"é日本\"}")));
        }
        assertThat(readAll(folder)).containsExactly("{\"n\":1}", "{\"n\":2}", "{\"n\":\"é日本\"}");
    }

    @Test
    void anAppendedRecordIsReadableBeforeFlushAndClose() {
        try (Journal journal = Journal.open(folder)) {
            journal.append("{}");
            assertThat(readAll(folder)).containsExactly("{}");
        }
    }

    @Test
    void closingSyncsTheNamesOfSegmentAndOfFoldersThatWereCreated() {
        FillingDisk disk = new FillingDisk();
        Path deep = folder.resolve("new").resolve("runs");
        Journal journal = disk.journal(deep);
        journal.append("{}");
        journal.close();
        assertThat(disk.syncedNames).containsExactlyInAnyOrder(deep, folder.resolve("new"), folder);
        journal.close();
        assertThat(disk.syncedNames).hasSize(3);
    }

    @Test
    void flushingSyncsANameOnceAndAJournalWithoutRecordsNone() {
        FillingDisk disk = new FillingDisk();
        try (Journal journal = disk.journal(folder)) {
            journal.flush();
            assertThat(disk.syncedNames).isEmpty();
            journal.append("{}");
            journal.flush();
            journal.append("{}");
            journal.flush();
        }
        assertThat(disk.syncedNames).containsExactly(folder);
    }

    @Test
    void aSegmentIsPlainJsonLines() throws IOException {
        try (Journal journal = Journal.open(folder)) {
            journal.append("{\"n\":1}");
        }
        assertThat(Files.readAllLines(onlySegment()))
                .satisfiesExactly(
                        line -> assertThat(line).matches("\\{\"c\":\"[0-9a-f]{8}\",\"r\":\\{\"n\":1}}"),
                        seal -> assertThat(seal).endsWith(",\"r\":{\"v\":1,\"type\":\"sealed\"}}"));
    }

    @Test
    void rotatesAndKeepsTheOrderAcrossSegmentsEvenWhenTheClockStandsStill() throws IOException {
        InstantSource stopped = InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));
        try (Journal journal = Journal.open(folder, 200, stopped)) {
            IntStream.range(0, 50).forEach(n -> journal.append("{\"n\":" + n + "}"));
        }
        assertThat(SegmentName.list(folder)).hasSizeGreaterThan(5);
        assertThat(readAll(folder))
                .isEqualTo(IntStream.range(0, 50)
                        .mapToObj(n -> "{\"n\":" + n + "}")
                        .toList());
    }

    @Test
    void readingGoesOnWhereItStoodWhenMoreIsAppended() {
        JournalReader reader = new JournalReader(folder, JournalPosition.START);
        assertThat(reader.next()).isEmpty();
        try (Journal journal = Journal.open(folder, 60, InstantSource.system())) {
            for (int n = 0; n < 10; n++) {
                journal.append("{\"n\":" + n + "}");
                assertThat(reader.next().map(JournalRecord::text)).contains("{\"n\":" + n + "}");
                assertThat(reader.next()).isEmpty();
            }
        }
        JournalReader later = new JournalReader(folder, reader.position());
        assertThat(later.next()).isEmpty();
    }

    @Test
    void everyPrefixOfAReadCanBeContinuedFromItsPosition() {
        try (Journal journal = Journal.open(folder, 100, InstantSource.system())) {
            IntStream.range(0, 20).forEach(n -> journal.append("{\"n\":" + n + "}"));
        }
        List<String> all = readAll(folder);
        JournalReader reader = new JournalReader(folder, JournalPosition.START);
        for (int read = 1; read <= 20; read++) {
            reader.next();
            JournalPosition kept = JournalPosition.of(reader.position().offsets());
            assertThat(rest(new JournalReader(folder, kept))).isEqualTo(all.subList(read, 20));
        }
    }

    @Test
    void halfALineOfALivingWriterIsReadOnceItIsWhole() throws IOException {
        try (Journal journal = Journal.open(folder)) {
            journal.append("{\"n\":1}");
        }
        byte[] line = Files.readAllBytes(onlySegment());
        JournalReader reader = new JournalReader(folder, JournalPosition.START);
        reader.next();
        Files.write(onlySegment(), java.util.Arrays.copyOf(line, 12), StandardOpenOption.APPEND);
        assertThat(reader.next()).isEmpty();
        Files.write(onlySegment(), java.util.Arrays.copyOfRange(line, 12, line.length), StandardOpenOption.APPEND);
        assertThat(reader.next().map(JournalRecord::text)).contains("{\"n\":1}");
        assertThat(reader.damage().none()).isTrue();
    }

    @Test
    void aTornTailOfADeadWriterIsCountedOnceAndTheRestIsAdopted() throws IOException {
        byte[] line = Frame.lines(List.of(utf8("{\"n\":1}")));
        Path segment = folder.resolve(SegmentName.of(1, deadPid(), 7));
        Files.write(segment, line);
        Files.write(segment, java.util.Arrays.copyOf(line, line.length - 1), StandardOpenOption.APPEND);
        JournalReader reader = new JournalReader(folder, JournalPosition.START);
        assertThat(rest(reader)).containsExactly("{\"n\":1}");
        assertThat(rest(reader)).isEmpty();
        assertThat(reader.damage()).isEqualTo(new JournalDamage(0, 1, 0));
        assertThat(Journal.writerAlive(segment.getFileName().toString())).isFalse();
    }

    @Test
    void aReusedProcessNumberIsNotTheWriter() {
        String fromBeforeThisProcess = SegmentName.of(1, ProcessHandle.current().pid(), 7);
        assertThat(Journal.writerAlive(fromBeforeThisProcess)).isFalse();
    }

    @Test
    void theRunningWriterIsSeenAlive() {
        try (Journal journal = Journal.open(folder)) {
            journal.append("{}");
            Optional<JournalRecord> record = new JournalReader(folder, JournalPosition.START).next();
            assertThat(record)
                    .hasValueSatisfying(
                            r -> assertThat(Journal.writerAlive(r.segment())).isTrue());
        }
    }

    @Test
    void aFullDiskFailsTheAppendAndLosesNothingAround() {
        FillingDisk disk = new FillingDisk();
        try (Journal journal = new Journal(folder, 1 << 20, InstantSource.system(), disk)) {
            journal.append("{\"n\":1}");
            for (int part : new int[] {0, 5, Frame.lines(List.of(utf8("{\"n\":2}"))).length - 1}) {
                disk.room = part;
                assertThatThrownBy(() -> journal.append("{\"n\":2}"))
                        .isInstanceOf(JournalException.class)
                        .hasMessageContaining(folder.toString())
                        .hasMessageContaining("No space left on device")
                        .hasMessageContaining("nothing was recorded");
                disk.room = Integer.MAX_VALUE;
                journal.append("{\"n\":3}");
            }
        }
        JournalReader reader = new JournalReader(folder, JournalPosition.START);
        assertThat(rest(reader)).containsExactly("{\"n\":1}", "{\"n\":3}", "{\"n\":3}", "{\"n\":3}");
        assertThat(reader.damage().corruptLines()).isEqualTo(2);
    }

    @Test
    void aDiskThatFillsInTheMiddleOfABatchTellsHowManyWereRecorded() {
        FillingDisk disk = new FillingDisk();
        List<byte[]> batch = List.of(utf8("{\"n\":1}"), utf8("{\"n\":22}"), utf8("{\"n\":333}"));
        int first = Frame.lines(batch.subList(0, 1)).length;
        int two = Frame.lines(batch.subList(0, 2)).length;
        try (Journal journal = new Journal(folder, 1 << 20, InstantSource.system(), disk)) {
            for (int[] roomAndRecorded : new int[][] {{0, 0}, {first - 1, 0}, {two + 2, 2}, {two + 9, 2}}) {
                disk.room = roomAndRecorded[0];
                int recorded = roomAndRecorded[1];
                assertThatThrownBy(() -> journal.appendAll(batch))
                        .isInstanceOfSatisfying(
                                JournalException.class,
                                failure -> assertThat(failure.recorded()).isEqualTo(recorded))
                        .hasMessageContaining(
                                recorded == 0 ? "nothing was recorded" : "only the first 2 of 3 were recorded");
            }
        }
        assertThat(readAll(folder)).containsExactly("{\"n\":1}", "{\"n\":22}", "{\"n\":1}", "{\"n\":22}");
    }

    @Test
    void aSegmentTheDeviceRefusedFailsEveryLaterFlush() {
        FillingDisk disk = new FillingDisk();
        try (Journal journal = new Journal(folder, 60, InstantSource.system(), disk)) {
            journal.append("{\"n\":1}");
            disk.syncFails = true;
            journal.append("{\"n\":\"" + "x".repeat(60) + "\"}");
            for (int flush = 0; flush < 2; flush++) {
                assertThatThrownBy(journal::flush)
                        .isInstanceOf(JournalException.class)
                        .hasMessageContaining("Input/output error");
                disk.syncFails = false;
            }
        }
        assertThat(disk.open).isZero();
    }

    @Test
    void replacingASegmentDoesNotWaitForTheDeviceButFilesDoNotPileUp() {
        FillingDisk disk = new FillingDisk();
        try (Journal journal = new Journal(folder, 1, InstantSource.system(), disk)) {
            IntStream.range(0, 5).forEach(n -> journal.append("{\"n\":" + n + "}"));
            assertThat(disk.syncs).isZero();
            IntStream.range(5, 100).forEach(n -> journal.append("{\"n\":" + n + "}"));
            assertThat(disk.open).isLessThanOrEqualTo(5);
            journal.flush();
            assertThat(disk.syncs).isEqualTo(100);
            assertThat(disk.open).isEqualTo(1);
        }
        assertThat(disk.open).isZero();
        assertThat(readAll(folder)).hasSize(100);
    }

    @Test
    void aFolderThatCannotBeWrittenFailsTheAppendByName() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Path below = file.resolve("store");
        try (Journal journal = Journal.open(below)) {
            assertThatThrownBy(() -> journal.append("{}"))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining(below.toString())
                    .hasMessageContaining("must be writable");
        }
    }

    @Test
    void anInterruptedThreadStillAppends() {
        try (Journal journal = Journal.open(folder)) {
            journal.append("{\"n\":1}");
            Thread.currentThread().interrupt();
            journal.append("{\"n\":2}");
            assertThat(Thread.interrupted()).isTrue();
            journal.append("{\"n\":3}");
        }
        assertThat(readAll(folder)).hasSize(3);
    }

    @Test
    void refusesWhatIsNotOneLineOfOneObject() {
        try (Journal journal = Journal.open(folder)) {
            assertThatThrownBy(() -> journal.append("{\n}")).hasMessageContaining("one line");
            assertThatThrownBy(() -> journal.append("12")).hasMessageContaining("JSON object");
            assertThatThrownBy(() -> journal.append("{" + " ".repeat(Frame.MAX_RECORD_BYTES) + "}"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("at most 1048576 bytes, had 1048578");
        }
        assertThat(readAll(folder)).isEmpty();
    }

    @Test
    void aClosedJournalRefuses() {
        Journal journal = Journal.open(folder);
        journal.close();
        journal.close();
        assertThatThrownBy(() -> journal.append("{}")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aRecordOfTheGreatestLengthIsReadBack() {
        String longest = "{" + " ".repeat(Frame.MAX_RECORD_BYTES - 2) + "}";
        try (Journal journal = Journal.open(folder)) {
            journal.append("{}");
            journal.append(longest);
            journal.append("{}");
        }
        assertThat(readAll(folder)).containsExactly("{}", longest, "{}");
    }

    @Test
    void aDeletedSegmentIsForgottenWithoutAnError() throws IOException {
        try (Journal journal = Journal.open(folder)) {
            journal.append("{\"n\":1}");
        }
        JournalReader reader = new JournalReader(folder, JournalPosition.START);
        assertThat(rest(reader)).hasSize(1);
        Files.delete(onlySegment());
        assertThat(reader.next()).isEmpty();
        assertThat(reader.position().offsets()).isEmpty();
    }

    private Path onlySegment() throws IOException {
        List<String> names = SegmentName.list(folder);
        assertThat(names).hasSize(1);
        return folder.resolve(names.get(0));
    }

    static List<String> readAll(Path folder) {
        return rest(new JournalReader(folder, JournalPosition.START));
    }

    static List<String> rest(JournalReader reader) {
        List<String> texts = new ArrayList<>();
        for (Optional<JournalRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
            texts.add(next.get().text());
        }
        return texts;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Beyond what Linux hands out. */
    static long deadPid() {
        return 1L << 40;
    }
}

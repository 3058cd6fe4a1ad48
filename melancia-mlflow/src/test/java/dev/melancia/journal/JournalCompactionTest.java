package dev.melancia.journal;

import static dev.melancia.journal.JournalTest.deadPid;
import static dev.melancia.journal.JournalTest.readAll;
import static dev.melancia.journal.JournalTest.rest;
import static dev.melancia.journal.JournalTest.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalCompactionTest {

    @TempDir
    Path folder;

    @Test
    void sealedSegmentsBecomeOneWithTheSameRecordsInOrder() throws IOException {
        List<String> all = closedJournal(20);
        CompactionResult result = Compactions.run(folder).orElseThrow();
        assertThat(result.replaced()).isGreaterThan(5);
        assertThat(result.created()).isEqualTo(1);
        assertThat(result.waiting()).isZero();
        assertThat(SegmentName.list(folder))
                .singleElement()
                .satisfies(name -> assertThat(name).endsWith(".compact.jsonl"));
        assertThat(readAll(folder)).isEqualTo(all);
        assertThat(Compactions.run(folder)).contains(CompactionResult.NONE);
    }

    @Test
    void aPositionBehindAllOriginalsIsBehindTheCompactSegment() {
        closedJournal(20);
        JournalReader before = new JournalReader(folder, JournalPosition.START);
        rest(before);
        JournalPosition kept = before.position();
        Compactions.run(folder);
        assertThat(rest(before)).isEmpty();
        assertThat(before.restarts()).isZero();
        JournalReader later = new JournalReader(folder, kept);
        assertThat(rest(later)).isEmpty();
        try (Journal journal = Journal.open(folder)) {
            journal.append("{\"n\":\"new\"}");
            assertThat(rest(before)).containsExactly("{\"n\":\"new\"}");
            assertThat(rest(later)).containsExactly("{\"n\":\"new\"}");
            assertThat(rest(new JournalReader(folder, later.position()))).isEmpty();
        }
    }

    @Test
    void nothingIsUnreadBehindAPositionBeforeAndAfterCompaction() {
        assertThat(JournalPosition.START.unreadBytes(folder)).isZero();
        JournalReader reader = new JournalReader(folder, JournalPosition.START);
        try (Journal journal = Journal.open(folder)) {
            journal.append("{\"n\":1}");
            assertThat(reader.position().unreadBytes(folder)).isEqualTo(Frame.OVERHEAD + 7L);
            rest(reader);
            assertThat(reader.position().unreadBytes(folder)).isZero();
        }
        JournalPosition kept = reader.position();
        assertThat(kept.unreadBytes(folder)).isZero();
        Compactions.run(folder);
        assertThat(kept.unreadBytes(folder)).isZero();
        assertThat(JournalPosition.START.unreadBytes(folder)).isEqualTo(Frame.OVERHEAD + 7L);
    }

    @Test
    void aPositionWithinTheCompactSegmentIsContinued() {
        List<String> all = closedJournal(20);
        Compactions.run(folder);
        JournalReader reader = new JournalReader(folder, JournalPosition.START);
        for (int read = 1; read <= 20; read++) {
            reader.next();
            assertThat(rest(new JournalReader(folder, reader.position()))).isEqualTo(all.subList(read, 20));
        }
    }

    @Test
    void aReaderInTheMiddleBeginsAgainAndSaysSo() {
        List<String> all = closedJournal(20);
        JournalReader reader = new JournalReader(folder, JournalPosition.START);
        reader.next();
        reader.next();
        Compactions.run(folder);
        List<String> rest = rest(reader);
        assertThat(reader.restarts()).isEqualTo(1);
        assertThat(rest.subList(rest.size() - 20, rest.size())).isEqualTo(all);
        assertThat(rest(new JournalReader(folder, reader.position()))).isEmpty();
    }

    @Test
    void aReaderInTheMiddleGoesOnWithTheOriginalsWhileTheyAreThere() {
        List<String> all = closedJournal(20);
        JournalReader reader = new JournalReader(folder, JournalPosition.START);
        reader.next();
        reader.next();
        crashAt("renamed");
        assertThat(rest(reader)).isEqualTo(all.subList(2, 20));
        assertThat(reader.restarts()).isZero();
        assertThat(rest(new JournalReader(folder, JournalPosition.START))).isEqualTo(all);
        Compactions.run(folder);
        assertThat(rest(reader)).isEmpty();
    }

    @Test
    void aFullDiskIsNotFullerThanBefore() throws IOException {
        List<String> all = closedJournal(20);
        int[] writes = new int[1];
        JournalCompaction full = Compactions.withSteps(folder, step -> {
            if (step.equals("write") && ++writes[0] == 2) {
                throw new java.io.UncheckedIOException(new IOException("No space left on device"));
            }
        });
        assertThatThrownBy(() -> full.run(List.of(), Compactions.keepAll()))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("No space left on device");
        try (var files = Files.list(folder)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".unfinished"));
        }
        assertThat(readAll(folder)).isEqualTo(all);
    }

    @Test
    void aCrashAtAnyStepLosesAndDoublesNothingAndTheNextOneFinishes() throws IOException {
        List<String> all = closedJournal(20);
        for (String step : List.of("write", "rename", "renamed", "sync folder", "delete original")) {
            crashAt(step);
            assertThat(readAll(folder)).as(step).isEqualTo(all);
        }
        Files.delete(folder.resolve(SegmentName.list(folder).get(1))); // As a crash after the first deletion leaves it.
        assertThat(readAll(folder)).isEqualTo(all);
        assertThat(Compactions.run(folder)).contains(CompactionResult.NONE);
        assertThat(readAll(folder)).isEqualTo(all);
        assertThat(SegmentName.list(folder)).hasSize(1);
        try (var files = Files.list(folder)) {
            assertThat(files.filter(file -> file.toString().endsWith("unfinished")))
                    .isEmpty();
        }
    }

    @Test
    void theSegmentOfALivingWriterWaits() {
        try (Journal journal = Journal.open(folder)) {
            journal.append("{\"n\":1}");
            assertThat(compactTomorrow()).isEqualTo(new CompactionResult(0, 0, 0, 0, 1));
            journal.append("{\"n\":2}");
        }
        assertThat(readAll(folder)).containsExactly("{\"n\":1}", "{\"n\":2}");
    }

    @Test
    void theSegmentOfAKilledWriterIsSealedADayLater() throws IOException {
        byte[] line = Frame.lines(List.of(utf8("{\"n\":1}")));
        Path segment = folder.resolve(SegmentName.of(1, deadPid(), 7));
        Files.write(segment, line);
        Files.write(segment, utf8("{\"c\":\"00"), StandardOpenOption.APPEND);
        assertThat(Compactions.run(folder).orElseThrow().waiting()).isEqualTo(1);
        assertThat(compactTomorrow().replaced()).isEqualTo(1);
        assertThat(readAll(folder)).containsExactly("{\"n\":1}");
    }

    @Test
    void whatAFollowerHasNotReadWaits() {
        List<String> all = closedJournal(20);
        JournalReader follower = new JournalReader(folder, JournalPosition.START);
        assertThat(Compactions.run(folder, follower.position()).orElseThrow().replaced())
                .isZero();
        IntStream.range(0, 10).forEach(n -> follower.next());
        CompactionResult half = Compactions.run(folder, follower.position()).orElseThrow();
        assertThat(half.replaced()).isPositive();
        assertThat(half.waiting()).isPositive();
        assertThat(rest(follower)).isEqualTo(all.subList(10, 20));
        assertThat(follower.restarts()).isZero();
        assertThat(Compactions.run(folder, follower.position()).orElseThrow().waiting())
                .isZero();
        assertThat(rest(follower)).isEmpty();
        assertThat(readAll(folder)).isEqualTo(all);
    }

    @Test
    void damagedAndLaterSegmentsAreLeftAsTheyAre() throws IOException {
        String damaged = SegmentName.of(1, deadPid(), 7);
        String later = SegmentName.of(2, deadPid(), 7);
        Files.writeString(folder.resolve(damaged), "damaged\n");
        Files.write(folder.resolve(later), Frame.lines(List.of(utf8("{\"v\":2}"))));
        closedJournal(3);
        CompactionResult result = compactTomorrow();
        assertThat(result.waiting()).isEqualTo(2);
        assertThat(result.created()).isEqualTo(1);
        assertThat(SegmentName.list(folder)).contains(damaged, later).hasSize(3);
    }

    @Test
    void theOrderAroundASegmentThatWaitsStays() {
        List<String> first = closedJournal(5);
        try (Journal open = Journal.open(folder)) {
            open.append("{\"n\":\"open\"}");
            List<String> last = closedJournal(5);
            List<String> expected = new ArrayList<>(first);
            expected.add("{\"n\":\"open\"}");
            expected.addAll(last);
            assertThat(Compactions.run(folder).orElseThrow().created()).isEqualTo(2);
            assertThat(readAll(folder)).isEqualTo(expected);
        }
    }

    @Test
    void ofTwoCompactionsOneWorksAndTheOtherSaysSo() {
        closedJournal(5);
        List<Object> second = new ArrayList<>();
        Compactions.withSteps(folder, step -> second.add(Compactions.run(folder)))
                .run(List.of(), Compactions.keepAll());
        assertThat(second).isNotEmpty().allSatisfy(result -> assertThat(result).isEqualTo(Optional.empty()));
    }

    @Test
    void aPackerThatFailsChangesNothing() {
        List<String> all = closedJournal(5);
        assertThatThrownBy(() -> JournalCompaction.of(folder, InstantSource.system())
                        .run(List.of(), () -> {
                            throw new IllegalStateException("defect");
                        }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(readAll(folder)).isEqualTo(all);
    }

    @Test
    void aFolderThatIsNotThereHasNothingToCompact() {
        assertThat(Compactions.run(folder.resolve("none"))).contains(CompactionResult.NONE);
    }

    private CompactionResult compactTomorrow() {
        return JournalCompaction.of(folder, Compactions.tomorrow())
                .run(List.of(), Compactions.keepAll())
                .orElseThrow();
    }

    private void crashAt(String point) {
        assertThatThrownBy(() -> Compactions.withSteps(folder, step -> {
                            if (step.equals(point)) {
                                throw new Compactions.Crash();
                            }
                        })
                        .run(List.of(), Compactions.keepAll()))
                .isInstanceOf(Compactions.Crash.class);
    }

    /** A journal of small segments that was closed. */
    private List<String> closedJournal(int records) {
        List<String> all =
                IntStream.range(0, records).mapToObj(n -> "{\"n\":" + n + "}").toList();
        try (Journal journal = Journal.open(folder, 100, InstantSource.system())) {
            all.forEach(journal::append);
        }
        return all;
    }
}

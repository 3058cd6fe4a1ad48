package dev.melancia.journal;

import static dev.melancia.journal.JournalTest.deadPid;
import static dev.melancia.journal.JournalTest.readAll;
import static dev.melancia.journal.JournalTest.rest;
import static dev.melancia.journal.JournalTest.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalFormatTest {

    private static final String LATER = SegmentName.of(5, deadPid(), 5);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"{\"v\":2,\"type\":\"metric\"}", "{\"v\":12}"})
    void aRecordOfALaterFormatIsRefusedByNameAfterAllElseWasRead(String record) throws IOException {
        write(LATER, line("{\"v\":1,\"n\":1}"), line(record), line("{\"v\":1,\"n\":2}"));
        write(SegmentName.of(9, deadPid(), 9), line("{\"v\":1,\"n\":3}"));
        JournalReader reader = new JournalReader(folder, JournalPosition.START);
        assertThat(reader.next().map(JournalRecord::text)).contains("{\"v\":1,\"n\":1}");
        assertThat(reader.next().map(JournalRecord::text)).contains("{\"v\":1,\"n\":3}");
        for (int call = 0; call < 2; call++) {
            assertThatThrownBy(reader::next)
                    .isInstanceOfSatisfying(JournalVersionException.class, failure -> {
                        assertThat(failure.segment()).isEqualTo(LATER);
                        assertThat(failure.version()).isGreaterThan(1);
                    })
                    .hasMessageContaining(LATER)
                    .hasMessageContaining("reads formats up to 1")
                    .hasMessageContaining("Upgrade melancia");
        }
        assertThat(reader.damage().none()).isTrue();
        assertThat(reader.position().offset(LATER)).isEqualTo(line("{\"v\":1,\"n\":1}").length);
    }

    @Test
    void aLineWithALaterFrameIsRefusedAndNotSkippedAsDamage() throws IOException {
        write(LATER, utf8("{\"v\":3,\"sum\":\"0123\",\"record\":{}}\n"));
        JournalReader reader = new JournalReader(folder, JournalPosition.START);
        assertThatThrownBy(reader::next)
                .isInstanceOfSatisfying(
                        JournalVersionException.class,
                        failure -> assertThat(failure.version()).isEqualTo(3));
        assertThat(reader.damage().none()).isTrue();
    }

    @Test
    void readingGoesOnOnceTheLaterSegmentIsGone() throws IOException {
        write(LATER, line("{\"v\":2}"));
        JournalReader reader = new JournalReader(folder, JournalPosition.START);
        assertThatThrownBy(reader::next).isInstanceOf(JournalVersionException.class);
        Files.delete(folder.resolve(LATER));
        write(SegmentName.of(9, deadPid(), 9), line("{}"));
        assertThat(rest(reader)).containsExactly("{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"v\":1}",
                "{\"v\":0}",
                "{\"v\":-2}",
                "{\"v\":\"2\"}",
                "{\"v\":2.5}",
                "{\"w\":2}",
                "{\"n\":{\"v\":2}}"
            })
    void everyOtherRecordIsReadAsItIs(String record) {
        try (Journal journal = Journal.open(folder)) {
            journal.append(record);
        }
        assertThat(readAll(folder)).containsExactly(record);
    }

    @Test
    void aForeignFileIsToldOnceAndLeftAlone() throws IOException {
        Path foreign = folder.resolve("notes.jsonl");
        Files.writeString(foreign, "{\"mine\":1}\n");
        try (Journal journal = Journal.open(folder);
                JournalLog log = new JournalLog(SegmentListing.class)) {
            JournalReader reader = new JournalReader(folder, JournalPosition.START);
            for (int n = 0; n < 3; n++) {
                journal.append("{\"n\":" + n + "}");
                assertThat(rest(reader)).containsExactly("{\"n\":" + n + "}");
            }
            assertThat(log.lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line).contains("notes.jsonl").contains("left alone"));
        }
        assertThat(foreign).hasContent("{\"mine\":1}\n");
    }

    @Test
    void aSegmentsNameWithOtherContentIsToldOnceAndTheRestIsKept() throws IOException {
        Path foreign = folder.resolve(LATER);
        Files.writeString(foreign, "hello\nworld\n");
        try (Journal journal = Journal.open(folder);
                JournalLog log = new JournalLog(JournalReader.class)) {
            journal.append("{\"n\":1}");
            JournalReader reader = new JournalReader(folder, JournalPosition.START);
            assertThat(rest(reader)).containsExactly("{\"n\":1}");
            assertThat(reader.damage()).isEqualTo(new JournalDamage(2, 0, 12));
            assertThat(log.lines()).hasSize(1);
        }
        assertThat(foreign).hasContent("hello\nworld\n");
    }

    @Test
    void aDamagedLineInTheMiddleCostsThatLineAndADamagedLastOneTheLast() throws IOException {
        List<byte[]> lines = List.of(line("{\"n\":1}"), line("{\"n\":2}"), line("{\"n\":3}"));
        for (int damaged = 1; damaged < 3; damaged++) {
            List<byte[]> copy = new ArrayList<>(lines);
            byte[] broken = copy.get(damaged).clone();
            broken[broken.length - 4] ^= 1;
            copy.set(damaged, broken);
            write(LATER, copy.toArray(byte[][]::new));
            JournalReader reader = new JournalReader(folder, JournalPosition.START);
            assertThat(rest(reader)).containsExactly("{\"n\":1}", damaged == 1 ? "{\"n\":3}" : "{\"n\":2}");
            assertThat(reader.damage()).isEqualTo(new JournalDamage(1, 0, broken.length));
        }
    }

    @Test
    void aClosedSegmentSaysSoInALineThatIsNoRecord() {
        try (Journal journal = Journal.open(folder)) {
            journal.append("{\"n\":1}");
        }
        JournalReader reader = new JournalReader(folder, JournalPosition.START);
        Optional<JournalRecord> only = reader.next();
        assertThat(only).isPresent();
        assertThat(reader.next()).isEmpty();
    }

    private void write(String name, byte[]... lines) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            all.writeBytes(line);
        }
        Files.write(folder.resolve(name), all.toByteArray());
    }

    private static byte[] line(String record) {
        return Frame.lines(List.of(record.getBytes(StandardCharsets.UTF_8)));
    }
}

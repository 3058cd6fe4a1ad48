package dev.melancia.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random damage to a segment; the seed of a failing case is in its message. */
class JournalPropertiesTest {

    private static final int CASES = 300;

    @TempDir
    Path folder;

    @Test
    void truncationKeepsExactlyTheRecordsThatAreStillWhole() throws IOException {
        for (long seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            Segment segment = new Segment(random);
            int cut = random.nextInt(segment.bytes.length + 1);
            write(seed, Arrays.copyOf(segment.bytes, cut));
            JournalReader reader = new JournalReader(folder, JournalPosition.START);
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < segment.records.size() && segment.ends.get(i) <= cut; i++) {
                expected.add(segment.records.get(i));
            }
            assertThat(JournalTest.rest(reader)).as("seed %d", seed).isEqualTo(expected);
            boolean insideLine = cut > 0 && !segment.ends.contains(cut);
            assertThat(reader.damage().tornTails()).as("seed %d", seed).isEqualTo(insideLine ? 1 : 0);
        }
    }

    @Test
    void corruptionLosesOnlyTheRecordsItTouches() throws IOException {
        for (long seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            Segment segment = new Segment(random);
            byte[] damaged = segment.bytes.clone();
            for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
                int at = random.nextInt(damaged.length);
                damaged[at] = random.nextInt(3) == 0 ? (byte) '\n' : (byte) random.nextInt(256);
            }
            write(seed, damaged);
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < segment.records.size(); i++) {
                if (Arrays.equals(
                        damaged,
                        segment.start(i),
                        segment.ends.get(i),
                        segment.bytes,
                        segment.start(i),
                        segment.ends.get(i))) {
                    expected.add(segment.records.get(i));
                }
            }
            JournalReader reader = new JournalReader(folder, JournalPosition.START);
            assertThat(JournalTest.rest(reader)).as("seed %d", seed).isEqualTo(expected);
            boolean whole = expected.size() == segment.records.size();
            assertThat(reader.damage().none()).as("seed %d", seed).isEqualTo(whole);
        }
    }

    private void write(long seed, byte[] bytes) throws IOException {
        for (String old : SegmentName.list(folder)) {
            Files.delete(folder.resolve(old));
        }
        Files.write(folder.resolve(SegmentName.of(seed, JournalTest.deadPid(), 1)), bytes);
    }

    /** Some records of random content, among them what looks like the head of a line. */
    private static final class Segment {

        private final List<String> records = new ArrayList<>();
        private final List<Integer> ends = new ArrayList<>();
        private final byte[] bytes;

        Segment(Random random) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int count = 1 + random.nextInt(30); count > 0; count--) {
                String filler =
                        random.nextInt(4) == 0 ? "{\"c\":\"00000000\",\"r\":{}}" : "\"é日" + random.nextLong() + "\"";
                String record = "{\"n\":" + count + ",\"x\":" + filler + "}";
                records.add(record);
                all.writeBytes(Frame.lines(List.of(JournalTest.utf8(record))));
                ends.add(all.size());
            }
            bytes = all.toByteArray();
        }

        int start(int record) {
            return record == 0 ? 0 : ends.get(record - 1);
        }
    }
}

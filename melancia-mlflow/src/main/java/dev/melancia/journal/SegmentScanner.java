package dev.melancia.journal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the whole lines of one segment from an offset to its present end. Confined to one thread.
 *
 * <p>The rule: a line counts when it ends in a line feed and its frame and checksum are right. A damaged line is skipped
 * up to its line feed, or up to a line inside it that is whole, which happens when a line feed was lost. What stands
 * behind the last line feed is not damage: its writer may live, or died before it acknowledged. A line of a later format
 * is not damage either, and ends the reading.
 */
final class SegmentScanner {

    private static final int CHUNK = 1 << 16;
    private static final int MAX_LINE = Frame.MAX_RECORD_BYTES + Frame.OVERHEAD;

    private final Path file;
    private final String name;
    private long offset;
    private byte[] buffer = new byte[CHUNK];
    private int at;
    private int limit;
    private int searched;
    private long recordsEnd;
    private boolean sealed;
    private boolean gone;

    SegmentScanner(Path folder, String name, long offset) {
        this.file = folder.resolve(name);
        this.name = name;
        this.offset = offset;
        this.recordsEnd = offset;
    }

    String name() {
        return name;
    }

    /** Of the first byte not consumed. */
    long offset() {
        return offset;
    }

    /** Whether bytes without a line feed stand at the end. */
    boolean endsInsideLine() {
        return limit > at;
    }

    /** Behind the last record read, in bytes. */
    long recordsEnd() {
        return recordsEnd;
    }

    /** Whether the last line read says that its writer will write no more. */
    boolean sealed() {
        return sealed;
    }

    /** Whether the segment was deleted while it was read. */
    boolean gone() {
        return gone;
    }

    /**
     * The next whole record, or null at the present end; damage is reported to the sink.
     *
     * @throws JournalVersionException at a line of a later format, now and at every further call
     */
    @Nullable
    JournalRecord next(DamageSink damage) throws IOException {
        while (true) {
            int feed = lineFeed();
            if (feed < 0) {
                if (limit - at > MAX_LINE) {
                    damage.corrupt(name, offset, limit - at);
                    consume(limit);
                }
                if (!fill()) {
                    return null;
                }
                continue;
            }
            JournalRecord found = line(feed, damage);
            if (found != null) {
                return found;
            }
        }
    }

    /** Reads to the present end; whether nothing on the way was damaged and the segment is still there. */
    boolean readsWhole() throws IOException {
        boolean[] damaged = new boolean[1];
        JournalRecord record;
        do {
            record = next((segment, place, bytes) -> damaged[0] = true);
        } while (record != null);
        return !damaged[0] && !gone;
    }

    private int lineFeed() {
        for (int i = Math.max(at, searched); i < limit; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        searched = limit;
        return -1;
    }

    private @Nullable JournalRecord line(int feed, DamageSink damage) {
        if (Frame.isFiller(buffer, at, feed)) {
            consume(feed + 1);
            return null;
        }
        byte[] json = Frame.record(buffer, at, feed);
        int start = at;
        while (json == null && start < feed) {
            start = Frame.nextHead(buffer, start, feed);
            json = Frame.record(buffer, start, feed);
        }
        int lost = json == null ? feed + 1 - at : start - at;
        if (lost > 0) {
            refuseLater(buffer, at, feed, offset);
            damage.corrupt(name, offset, lost);
            consume(json == null ? feed + 1 : start);
        }
        return json == null ? null : record(json, feed);
    }

    private @Nullable JournalRecord record(byte[] json, int feed) {
        refuseLater(json, 0, json.length, offset);
        sealed = Frame.isSeal(json);
        JournalRecord found = sealed ? null : new JournalRecord(name, offset, json);
        consume(feed + 1);
        if (!sealed) {
            recordsEnd = offset;
        }
        return found;
    }

    private void refuseLater(byte[] bytes, int from, int to, long place) {
        long version = Frame.laterVersion(bytes, from, to);
        if (version > 0) {
            throw new JournalVersionException(name, place, version);
        }
    }

    private void consume(int to) {
        offset += to - at;
        at = to;
    }

    private boolean fill() throws IOException {
        if (at > 0) {
            System.arraycopy(buffer, at, buffer, 0, limit - at);
            limit -= at;
            searched = Math.max(0, searched - at);
            at = 0;
        }
        if (limit == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        // Not a FileChannel, which an interrupt would close; opened anew, so that a deleted segment is let go.
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(offset + limit);
            int read = in.read(buffer, limit, buffer.length - limit);
            limit += Math.max(0, read);
            return read > 0;
        } catch (FileNotFoundException missing) {
            if (file.toFile().exists()) {
                throw missing;
            }
            gone = true;
            return false;
        }
    }

    /** Is told what was skipped. */
    interface DamageSink {
        void corrupt(String segment, long offset, long bytes);
    }
}

package dev.melancia.journal;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The segment a journal is writing. Appends are confined to the journal's lock; one thread at a time may sync
 * beside them.
 *
 * <p>A failed write may leave part of a line. It is not cut off, because a reader may have read it by then, but ended
 * with a filler before the next line: a segment only ever grows, and what the caller was told is lost stays unreadable.
 */
final class OpenSegment {

    private static final Logger LOG = LoggerFactory.getLogger(OpenSegment.class);

    private final SegmentFile file;
    private long length;
    private long linesAt;
    private boolean failed;

    OpenSegment(SegmentFile file) {
        this.file = file;
    }

    long length() {
        return length;
    }

    void append(byte[] lines) throws IOException {
        byte[] bytes = lines;
        if (failed) {
            bytes = Arrays.copyOf(Frame.FILLER, Frame.FILLER.length + lines.length);
            System.arraycopy(lines, 0, bytes, Frame.FILLER.length, lines.length);
        }
        linesAt = length + bytes.length - lines.length;
        failed = true;
        try {
            file.write(bytes);
        } catch (IOException failure) {
            length = file.length();
            throw failure;
        }
        failed = false;
        length += bytes.length;
    }

    /** How many of these records, whose append just failed, are whole in the file, so that readers see them. */
    int recorded(List<byte[]> records) {
        long left = length - linesAt;
        int whole = 0;
        for (byte[] json : records) {
            left -= json.length + Frame.OVERHEAD;
            if (left < 0) {
                break;
            }
            whole++;
        }
        return whole;
    }

    /** For those who compact. Without it they wait, so a disk that is full does not matter. */
    private void seal() {
        if (failed) {
            return;
        }
        try {
            append(Frame.seal());
        } catch (IOException full) {
            LOG.atDebug().setCause(full).log("a journal segment could not be sealed");
        }
    }

    void sync() throws IOException {
        file.sync();
    }

    /** Seals, syncs and closes; it is closed even when the device refuses to sync. */
    void close() throws IOException {
        try {
            seal();
            file.sync();
        } finally {
            file.close();
        }
    }
}

package dev.melancia.journal;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The segment a journal is writing. Appends are confined to the journal's lock; syncing may run beside them.
 *
 * <p>A failed write may leave part of a line. It is not cut off, because a reader may have read it by then, but ended
 * with a filler before the next line: a segment only ever grows, and what the caller was told is lost stays unreadable.
 */
final class OpenSegment {

    private static final Logger LOG = LoggerFactory.getLogger(OpenSegment.class);

    private final SegmentFile file;
    private final ReentrantLock syncLock = new ReentrantLock();
    private long length;
    private boolean failed;
    private boolean closed;

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
        failed = true;
        file.write(bytes);
        failed = false;
        length += bytes.length;
    }

    void sync() throws IOException {
        syncLock.lock();
        try {
            if (!closed) {
                file.sync();
            }
        } finally {
            syncLock.unlock();
        }
    }

    /** Syncs and closes; a failure is logged, since every record was acknowledged for a crash of the process only. */
    void close() {
        syncLock.lock();
        try {
            if (!closed) {
                closed = true;
                file.sync();
                file.close();
            }
        } catch (IOException failure) {
            LOG.atWarn()
                    .setCause(failure)
                    .log("a journal segment could not be synced while closing; its records are safe from a crash of"
                            + " this process, not from a power loss");
        } finally {
            syncLock.unlock();
        }
    }
}

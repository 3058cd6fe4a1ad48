package dev.melancia.journal;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends JSON records to a folder; returning is the acknowledgement. Not a database: records are never changed, and
 * are found by reading all of them ({@link JournalReader}).
 *
 * <p>An acknowledged record survives kill -9 of this process; it survives a power loss after {@link #flush()}. Each
 * journal writes segments of its own, so any number of processes may share a folder; nothing is locked between them. A
 * segment is created with the first record, and replaced by a new one when it would grow beyond its limit (64 MiB
 * unless set) or nothing was appended for 12 hours. Records of one journal are read back in the order of their appends.
 *
 * <p>The files directly in the folder, of all journals that share it, take at most 10 GiB unless set otherwise: room for
 * some 60 million metrics, and less than what a forgotten folder should take of a server's disk. Beyond that appends are
 * refused until there is space again, by {@link JournalCompaction} or by deleting segments, which is noticed within a
 * second. The folder is not measured at each append but each time a quarter of what was left is written, so several
 * journals may exceed the limit by that quarter together.
 *
 * <p>Thread-safe; appends wait for each other only, not for a flush. In a journal that is
 * never flushed, one append in five segments syncs those that are full. An interrupted thread may append.
 *
 * @since 0.1.0
 */
public final class Journal implements AutoCloseable {

    /** Size at which a segment is replaced unless set otherwise, in bytes. */
    public static final long DEFAULT_SEGMENT_BYTES = 64L << 20;

    /** What the files of the folder may take unless set otherwise, in bytes: 10 GiB. */
    public static final long DEFAULT_LIMIT_BYTES = 10L << 30;

    /** Segments that may wait open for a flush. */
    private static final int MAX_REPLACED = 4;

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final Path folder;
    private final long segmentBytes;
    private final InstantSource time;
    private final SegmentSource segments;
    private final FolderLimit limit;
    private final Refusals refusals;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<OpenSegment> replaced = new ArrayList<>();
    private final ReentrantLock syncLock = new ReentrantLock();
    private @Nullable OpenSegment current;
    private @Nullable IOException refused;
    private long lastAppendMillis;
    private boolean closed;

    Journal(Path folder, long segmentBytes, InstantSource clock, SegmentFile.Opener opener) {
        this(segmentBytes, new FolderLimit(folder, DEFAULT_LIMIT_BYTES), clock, opener, InstantSource.system());
    }

    /** Time is the file system's, not that of the caller's clock, which may be a simulated one. */
    Journal(long segmentBytes, FolderLimit limit, InstantSource clock, SegmentFile.Opener opener, InstantSource time) {
        if (segmentBytes < 1) {
            throw new IllegalArgumentException("segmentBytes must be at least 1, was " + segmentBytes);
        }
        this.folder = limit.folder();
        this.segmentBytes = segmentBytes;
        this.time = time;
        this.segments = new SegmentSource(folder, requireNonNull(clock, "clock"), new SplittableRandom(), opener);
        this.limit = limit;
        this.refusals = new Refusals(folder);
    }

    /** A journal in this folder, which is created with the first record. Touches no file yet. */
    public static Journal open(Path folder) {
        return open(folder, DEFAULT_SEGMENT_BYTES, InstantSource.system());
    }

    /**
     * A journal with its own limit and clock.
     *
     * @param segmentBytes size at which a segment is replaced, in bytes, at least 1
     * @param clock names the segments
     * @throws IllegalArgumentException when {@code segmentBytes} is below 1
     */
    public static Journal open(Path folder, long segmentBytes, InstantSource clock) {
        return new Journal(folder, segmentBytes, clock, DiskSegmentFile::create);
    }

    /**
     * A journal with its own limits and clock.
     *
     * @param segmentBytes size at which a segment is replaced, in bytes, at least 1
     * @param limitBytes what the files of the folder may take, in bytes, at least 1
     * @param clock names the segments
     * @throws IllegalArgumentException when a number is below 1
     */
    public static Journal open(Path folder, long segmentBytes, long limitBytes, InstantSource clock) {
        FolderLimit limit = new FolderLimit(folder, limitBytes);
        return new Journal(segmentBytes, limit, clock, DiskSegmentFile::create, InstantSource.system());
    }

    /** The folder of the segments. */
    public Path folder() {
        return folder;
    }

    /**
     * Appends one record.
     *
     * @param json one JSON object on one line, at most 1 MiB in UTF-8
     * @throws IllegalArgumentException when it is not
     * @throws JournalException when it could not be written (folder read-only, disk full, limit reached); it was not
     *     recorded then, and counts in {@link #refusedRecords()}
     * @throws IllegalStateException when the journal is closed
     */
    public void append(String json) {
        append(requireNonNull(json, "json").getBytes(StandardCharsets.UTF_8));
    }

    /** Appends one record given in UTF-8; see {@link #append(String)}. */
    public void append(byte[] json) {
        appendAll(List.of(json));
    }

    /**
     * Appends several records with one write; see {@link #append(String)}. They are acknowledged together: a crash
     * before the return, or a disk that fills in the middle, may leave the first few of them.
     *
     * @throws JournalException when not all could be written; {@link JournalException#recorded()} tells how many were
     */
    public void appendAll(List<byte[]> records) {
        byte[] lines = Frame.lines(records);
        if (lines.length == 0) {
            return;
        }
        boolean crowded;
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the journal in " + folder + " is closed; nothing was recorded");
            }
            write(lines, records);
            crowded = replaced.size() > MAX_REPLACED;
        } finally {
            lock.unlock();
        }
        if (crowded) {
            settle();
        }
    }

    private void write(byte[] lines, List<byte[]> records) {
        OpenSegment segment = null;
        try {
            long now = time.millis();
            if (!limit.admits(lines.length, now)) {
                throw refusals.beyond(limit, records.size());
            }
            segment = segmentFor(lines.length, now);
            segment.append(lines);
            lastAppendMillis = now;
        } catch (IOException failure) {
            throw refusals.failed(records.size(), segment == null ? 0 : segment.recorded(records), failure);
        }
    }

    /**
     * Records that were not recorded since this journal was opened, because the limit was reached, the disk was full or the
     * folder could not be written; at least 0. Each cause is logged once.
     */
    public long refusedRecords() {
        return refusals.records();
    }

    /**
     * Brings every record acknowledged so far to the device, so that it survives a power loss. Once the device refused a
     * segment that is full, this journal cannot flush any more, since a later yes would say nothing about it.
     *
     * @throws JournalException when the device refuses; the records are still safe from a crash of this process
     */
    public void flush() {
        syncLock.lock();
        try {
            OpenSegment segment = settle();
            if (refused != null) {
                throw refused;
            }
            if (segment != null) {
                segment.sync();
            }
            segments.syncNames();
        } catch (IOException failure) {
            throw new JournalException("cannot sync the journal in " + folder, failure);
        } finally {
            syncLock.unlock();
        }
    }

    /** Syncs and closes the segment; later appends are refused. Closing again does nothing. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            retire();
        } finally {
            lock.unlock();
        }
        syncLock.lock();
        try {
            settle();
            settle(segments::syncNames);
        } finally {
            syncLock.unlock();
        }
    }

    /**
     * Whether the process that wrote a segment may still be writing it, as far as this machine can tell: a process with
     * its number exists and is older than the segment. A process in another container is not seen.
     *
     * @param segment as in {@link JournalRecord#segment()}
     * @throws IllegalArgumentException when that is not the name of a segment
     */
    public static boolean writerAlive(String segment) {
        return SegmentName.writerAlive(segment);
    }

    /**
     * Syncs and closes the segments that were replaced; a refusal is logged here and told by every later flush.
     *
     * @return the segment that followed them, which stays open as long as the sync lock is held
     */
    private @Nullable OpenSegment settle() {
        syncLock.lock();
        try {
            List<OpenSegment> taken = new ArrayList<>();
            OpenSegment next = takeReplaced(taken);
            for (OpenSegment segment : taken) {
                settle(segment::close);
            }
            return next;
        } finally {
            syncLock.unlock();
        }
    }

    private void settle(Closeable step) {
        try {
            step.close();
        } catch (IOException failure) {
            refused = failure;
            LOG.atWarn()
                    .addKeyValue("folder", folder)
                    .setCause(failure)
                    .log("a journal segment could not be synced; its records are safe from a crash of this process, not"
                            + " from a power loss");
        }
    }

    /** Both at one moment: a segment replaced in between would be in neither. */
    private @Nullable OpenSegment takeReplaced(List<OpenSegment> taken) {
        lock.lock();
        try {
            taken.addAll(replaced);
            replaced.clear();
            return current;
        } finally {
            lock.unlock();
        }
    }

    private OpenSegment segmentFor(int bytes, long nowMillis) throws IOException {
        OpenSegment segment = current;
        boolean leased = nowMillis - lastAppendMillis < Sealing.LEASE_MILLIS;
        if (segment != null && leased && segment.length() + bytes <= segmentBytes) {
            return segment;
        }
        OpenSegment fresh = segments.create();
        retire();
        current = fresh;
        return fresh;
    }

    private void retire() {
        if (current != null) {
            replaced.add(current);
            current = null;
        }
    }
}

package dev.melancia.journal;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Neighbours in the order of names that are compacted into one segment, with where their records end. Neighbours only, so
 * that the order between segments stays; and of one living writer or of dead ones only, so that the compact segment's name
 * answers for all whether their writer lives. Confined to one thread.
 */
final class SegmentGroup {

    /** Keeps the header within a record, and what is rewritten at once within reason. */
    private static final int MAX_SEGMENTS = 5_000;

    private static final long MAX_BYTES = 256L << 20;

    private final SortedMap<String, Long> segments = new TreeMap<>();
    private final long writer;
    private long bytes;

    SegmentGroup(String first) {
        this.writer = livingWriter(first);
    }

    /** Adds the next segment, or returns false when it needs another group. */
    boolean add(String name, long recordsEnd, long length) {
        boolean full = segments.size() == MAX_SEGMENTS || bytes + length > MAX_BYTES;
        if (!segments.isEmpty() && (full || livingWriter(name) != writer)) {
            return false;
        }
        segments.put(name, recordsEnd);
        bytes += length;
        return true;
    }

    SortedMap<String, Long> segments() {
        return segments;
    }

    long bytes() {
        return bytes;
    }

    String compactName() {
        return SegmentName.compact(segments.firstKey());
    }

    private static long livingWriter(String name) {
        return SegmentName.writerAlive(name) ? SegmentName.pid(name) : -1;
    }
}

package dev.melancia.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far a reader has come: for each segment the offset of the first byte it has not consumed. Immutable.
 *
 * <p>Segments are named one by one rather than ordered as one stream, because several processes append at the same time
 * and old segments may be deleted.
 *
 * @since 0.1.0
 */
public final class JournalPosition {

    /** Before the first record of every segment. */
    public static final JournalPosition START = new JournalPosition(new TreeMap<>());

    private final SortedMap<String, Long> offsets;

    private JournalPosition(SortedMap<String, Long> offsets) {
        this.offsets = Collections.unmodifiableSortedMap(offsets);
    }

    /**
     * A position read back from where the caller kept it.
     *
     * @param offsets bytes consumed by segment file name
     * @throws IllegalArgumentException when an offset is negative
     */
    public static JournalPosition of(Map<String, Long> offsets) {
        offsets.forEach((segment, offset) -> {
            if (offset < 0) {
                throw new IllegalArgumentException("offset of " + segment + " must be at least 0, was " + offset);
            }
        });
        return new JournalPosition(new TreeMap<>(offsets));
    }

    /** Bytes consumed by segment file name, in the order of the names; unmodifiable. */
    public Map<String, Long> offsets() {
        return offsets;
    }

    /** Bytes consumed of this segment, 0 when it was not begun. */
    public long offset(String segment) {
        return offsets.getOrDefault(segment, 0L);
    }

    /**
     * How much of this folder lies behind the position, in bytes, at least 0; half a line and damage count.
     *
     * @throws JournalException when the folder cannot be read
     */
    public long unreadBytes(Path folder) {
        try {
            return SegmentListing.unreadBytes(folder, this);
        } catch (IOException failure) {
            throw new JournalException("cannot read the journal in " + folder, failure);
        }
    }

    @Override
    public String toString() {
        return "JournalPosition" + offsets;
    }
}

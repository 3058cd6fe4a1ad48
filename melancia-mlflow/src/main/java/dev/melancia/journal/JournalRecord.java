package dev.melancia.journal;

import java.nio.charset.StandardCharsets;

/**
 * One whole record as it was appended, with the place where it stands. Immutable as long as nobody writes into
 * {@link #json()}.
 *
 * @since 0.1.0
 */
public final class JournalRecord {

    private final String segment;
    private final long offset;
    private final byte[] json;

    JournalRecord(String segment, long offset, byte[] json) {
        this.segment = segment;
        this.offset = offset;
        this.json = json;
    }

    /** File name of the segment that holds the record. */
    public String segment() {
        return segment;
    }

    /** Where the record's line begins in its segment, in bytes, at least 0. */
    public long offset() {
        return offset;
    }

    /** The record in UTF-8, not copied: read it only. */
    public byte[] json() {
        return json;
    }

    /** The record as text. */
    public String text() {
        return new String(json, StandardCharsets.UTF_8);
    }

    /** The place, not the content: records may hold what does not belong in a log. */
    @Override
    public String toString() {
        return "JournalRecord[" + segment + "@" + offset + ", " + json.length + " bytes]";
    }
}

package dev.melancia.journal;

import java.io.File;
import java.time.Duration;

/**
 * When a segment will not grow any more. A writer that closes a segment says so in its last line. Of one that was killed
 * it is known by time: it writes no segment that was idle for 12 hours, and a segment idle for 24 hours, whose writer is
 * not seen, is sealed. The time is needed because a process in another container is not seen although it lives.
 */
final class Sealing {

    /** How long after its last append a segment may be appended to. */
    static final long LEASE_MILLIS = Duration.ofHours(12).toMillis();

    private static final long IDLE_MILLIS = 2 * LEASE_MILLIS;

    private Sealing() {}

    /** Whether the segment of a writer that did not say so is sealed. */
    static boolean byTime(File segment, long nowMillis) {
        return nowMillis - segment.lastModified() >= IDLE_MILLIS && !SegmentName.writerAlive(segment.getName());
    }
}

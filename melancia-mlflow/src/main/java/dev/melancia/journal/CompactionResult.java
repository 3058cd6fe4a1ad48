package dev.melancia.journal;

/**
 * What a compaction did. Immutable.
 *
 * @param replaced segments that were rewritten, at least 0
 * @param created compact segments they were rewritten to, at least 0
 * @param bytesBefore size of the replaced segments, in bytes
 * @param bytesAfter size of the created ones, in bytes
 * @param waiting segments that could not be compacted yet: their writer may still write, not all of those who follow the
 *     journal have read them, or they are damaged or of a later format
 * @since 0.1.0
 */
public record CompactionResult(int replaced, int created, long bytesBefore, long bytesAfter, int waiting) {

    static final CompactionResult NONE = new CompactionResult(0, 0, 0, 0, 0);

    CompactionResult plus(SegmentGroup group, long bytes) {
        return new CompactionResult(
                replaced + group.segments().size(),
                created + 1,
                bytesBefore + group.bytes(),
                bytesAfter + bytes,
                waiting);
    }

    CompactionResult waiting(int segments) {
        return new CompactionResult(replaced, created, bytesBefore, bytesAfter, segments);
    }
}

package dev.melancia.journal;

/**
 * What a reader had to skip. Immutable.
 *
 * @param corruptLines complete lines whose frame or checksum is wrong, at least 0
 * @param tornTails segments that end in the middle of a line although their writer is gone, at least 0; such a line was
 *     never acknowledged
 * @param skippedBytes length of the corrupt lines, in bytes
 * @since 0.1.0
 */
public record JournalDamage(long corruptLines, long tornTails, long skippedBytes) {

    static final JournalDamage NONE = new JournalDamage(0, 0, 0);

    /** Whether nothing was skipped. */
    public boolean none() {
        return corruptLines == 0 && tornTails == 0;
    }

    JournalDamage plusCorrupt(long bytes) {
        return new JournalDamage(corruptLines + 1, tornTails, skippedBytes + bytes);
    }

    JournalDamage plusTorn() {
        return new JournalDamage(corruptLines, tornTails + 1, skippedBytes);
    }
}

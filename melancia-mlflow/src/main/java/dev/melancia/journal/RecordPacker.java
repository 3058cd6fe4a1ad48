package dev.melancia.journal;

import java.util.function.Consumer;

/**
 * Knows what records mean and says the same with less of them, for {@link JournalCompaction}. It is given the records of
 * some segments in order, and its output takes their place. Confined to one thread.
 *
 * @since 0.1.0
 */
public interface RecordPacker {

    /**
     * Takes one record. What it does not understand it must hand on as it is.
     *
     * @param out takes records as {@link Journal#append(byte[])} does
     */
    void pack(byte[] record, Consumer<byte[]> out);

    /** Hands out what it still holds: no record follows. */
    void finish(Consumer<byte[]> out);
}

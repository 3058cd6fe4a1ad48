package dev.melancia.journal;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A journal folder could not be written or read. When an append throws it, the first {@link #recorded()} of that append's
 * records are in the journal and the others are not; the message names the folder and the cause.
 *
 * @since 0.1.0
 */
public sealed class JournalException extends UncheckedIOException permits JournalVersionException {

    private static final long serialVersionUID = 1L;

    private final int recorded;

    JournalException(String message, IOException cause) {
        this(message, 0, cause);
    }

    /** Whose cause says nothing that the message does not. */
    JournalException(String message) {
        super(message, new IOException(message));
        this.recorded = 0;
    }

    JournalException(String message, int recorded, IOException cause) {
        super(message + ": " + cause.getClass().getSimpleName() + ": " + cause.getMessage(), cause);
        this.recorded = recorded;
    }

    /**
     * How many records of the append that failed, counted from its first, are in the journal and will be read, at least 0;
     * more than 0 only for {@link Journal#appendAll} on a disk that filled in the middle. Repeat the others only.
     */
    public int recorded() {
        return recorded;
    }
}

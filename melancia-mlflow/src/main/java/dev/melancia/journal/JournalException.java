package dev.melancia.journal;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A journal folder could not be written or read. When an append throws it, none of that append's records count as
 * written; the message names the folder and the cause.
 *
 * @since 0.1.0
 */
public final class JournalException extends UncheckedIOException {

    private static final long serialVersionUID = 1L;

    JournalException(String message, IOException cause) {
        super(message + ": " + cause.getClass().getSimpleName() + ": " + cause.getMessage(), cause);
    }
}

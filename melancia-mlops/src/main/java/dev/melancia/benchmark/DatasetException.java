package dev.melancia.benchmark;

import dev.melancia.MelanciaException;

/**
 * A dataset that cannot be read; the message names the file, the line, what is wrong and the remedy.
 *
 * @since 0.1.0
 */
public final class DatasetException extends MelanciaException {

    private static final long serialVersionUID = 1L;

    private final int line;

    DatasetException(String name, int line, String problem) {
        super(name + (line > 0 ? ", line " + line : "") + ": " + problem);
        this.line = line;
    }

    /** The line at fault, from 1; 0 when it is the file as a whole. */
    public int line() {
        return line;
    }
}

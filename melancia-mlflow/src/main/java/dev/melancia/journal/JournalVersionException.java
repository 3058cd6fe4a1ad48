package dev.melancia.journal;

/**
 * A segment holds a line of a later format than this library reads. Nothing of it is misread or skipped: upgrade melancia
 * where the folder is read. What stands before that line, and all other segments, were read.
 *
 * @since 0.1.0
 */
public final class JournalVersionException extends JournalException {

    private static final long serialVersionUID = 1L;

    private final String segment;
    private final long version;

    JournalVersionException(String segment, long offset, long version) {
        super("the journal segment " + segment + " has format " + version + " at byte " + offset
                + ", and this version of melancia reads formats up to " + Frame.VERSION
                + "; it is left as it is. Upgrade melancia to read it");
        this.segment = segment;
        this.version = version;
    }

    /** File name of the segment. */
    public String segment() {
        return segment;
    }

    /** The format it has, more than 1. */
    public long version() {
        return version;
    }
}

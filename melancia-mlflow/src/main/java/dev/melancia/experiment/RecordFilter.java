package dev.melancia.experiment;

import java.nio.charset.StandardCharsets;

/**
 * Looks for texts in the bytes of a record, to decode only what may be wanted. For ASCII texts: JSON may write other
 * characters as escapes. Immutable.
 */
final class RecordFilter {

    static final RecordFilter ALL = new RecordFilter();

    private final byte[][] texts;

    /** Admits records that contain all of these texts; none of them may be empty. */
    RecordFilter(String... texts) {
        this.texts = new byte[texts.length][];
        for (int i = 0; i < texts.length; i++) {
            this.texts[i] = texts[i].getBytes(StandardCharsets.UTF_8);
        }
    }

    boolean admits(byte[] record) {
        for (byte[] text : texts) {
            if (!contains(record, text)) {
                return false;
            }
        }
        return true;
    }

    private static boolean contains(byte[] record, byte[] text) {
        for (int from = 0; from <= record.length - text.length; from++) {
            int at = 0;
            while (at < text.length && record[from + at] == text[at]) {
                at++;
            }
            if (at == text.length) {
                return true;
            }
        }
        return false;
    }
}

package dev.melancia.analysis;

/**
 * The language that a report speaks to people; numbers follow it, names of subjects and scorers do not. Immutable.
 *
 * @since 0.1.0
 */
public enum ReportLanguage {
    /** Portuguese as in Brazil; decimal comma. */
    PORTUGUESE("pt-BR", ','),
    /** English; decimal point. */
    ENGLISH("en", '.');

    private final String tag;
    private final char decimalSeparator;

    ReportLanguage(String tag, char decimalSeparator) {
        this.tag = tag;
        this.decimalSeparator = decimalSeparator;
    }

    /** Language tag after BCP 47, such as {@code pt-BR}. */
    public String tag() {
        return tag;
    }

    /** What stands before the decimals. */
    public char decimalSeparator() {
        return decimalSeparator;
    }

    /** One of two texts. */
    String pick(String english, String portuguese) {
        return this == PORTUGUESE ? portuguese : english;
    }
}

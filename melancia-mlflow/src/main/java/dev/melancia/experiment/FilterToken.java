package dev.melancia.experiment;

/**
 * One word of a filter. Immutable.
 *
 * @param text without quotes; of a field with a quoted key, all of it with a dot before the key
 * @param at index of its first character in the filter
 */
record FilterToken(Kind kind, String text, int at) {

    enum Kind {
        /** A field or a word such as {@code and}. */
        WORD,
        /** A text in quotes. */
        TEXT,
        NUMBER,
        /** {@code = != < <= > >=}. */
        COMPARISON,
        /** {@code ( ) ,}. */
        PUNCTUATION,
        END
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    boolean isPunctuation(String sign) {
        return kind == Kind.PUNCTUATION && text.equals(sign);
    }

    /** For "expected …, found …". */
    String shown() {
        return switch (kind) {
            case END -> "the end";
            case TEXT -> "the text '" + text + "'";
            default -> "\"" + text + '"';
        };
    }
}

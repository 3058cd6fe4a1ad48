package dev.melancia.routing;

import java.text.Normalizer;

/**
 * A text without case, accents and punctuation, in which whole words are found: {@code "Cobrança, já!"} becomes
 * {@code " cobranca ja "}. Immutable.
 */
final class FoldedText {

    private static final int ASCII = 128;

    private final String padded;

    private FoldedText(String padded) {
        this.padded = padded;
    }

    static FoldedText of(String text) {
        String plain = isAscii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFD);
        StringBuilder folded = new StringBuilder(plain.length() + 2).append(' ');
        for (int i = 0; i < plain.length(); ) {
            int c = plain.codePointAt(i);
            i += Character.charCount(c);
            if (Character.isLetterOrDigit(c)) {
                // Upper case first, as equalsIgnoreCase does: some letters have two lower-case forms.
                folded.appendCodePoint(Character.toLowerCase(Character.toUpperCase(c)));
            } else if (Character.getType(c) != Character.NON_SPACING_MARK
                    && folded.charAt(folded.length() - 1) != ' ') {
                folded.append(' ');
            }
        }
        if (folded.charAt(folded.length() - 1) != ' ') {
            folded.append(' ');
        }
        return new FoldedText(folded.toString());
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= ASCII) {
                return false;
            }
        }
        return true;
    }

    /** Whether there is no word in it. */
    boolean isEmpty() {
        return padded.isBlank();
    }

    /** Whether the words of the other, not empty, follow one another in this one. */
    boolean contains(FoldedText words) {
        return padded.contains(words.padded);
    }
}

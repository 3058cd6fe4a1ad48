package dev.melancia.mlflow.event;

/**
 * Mends broken texts before they become part of an event: U+0000 and lone surrogates, which MLflow's databases refuse,
 * become U+FFFD. Stateless, thread-safe.
 *
 * @since 0.1.0
 */
public final class MendedText {

    private static final char REPLACEMENT = '\uFFFD';

    private MendedText() {}

    /** The text with as many UTF-16 units, the same one where nothing is broken. */
    public static String of(String text) {
        int good = firstBad(text, 0);
        if (good == text.length()) {
            return text;
        }
        StringBuilder mended = new StringBuilder(text);
        for (int bad = good; bad < text.length(); bad = firstBad(text, bad + 1)) {
            mended.setCharAt(bad, REPLACEMENT);
        }
        return mended.toString();
    }

    private static int firstBad(String text, int from) {
        int at = from;
        while (at < text.length() && isGood(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }

    private static boolean isGood(int character) {
        return character != 0 && (character < Character.MIN_SURROGATE || character > Character.MAX_SURROGATE);
    }
}

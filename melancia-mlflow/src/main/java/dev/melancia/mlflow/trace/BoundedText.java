package dev.melancia.mlflow.trace;

/**
 * Cuts long texts and mends broken ones: U+0000 and lone surrogates, which MLflow's databases refuse, become U+FFFD. Of a
 * text that is cut the beginning stays, and its end tells the original length. Immutable.
 *
 * @param characters how many characters (UTF-16 units) of a text stay, at least 1
 */
record BoundedText(int characters) {

    private static final char REPLACEMENT = '\uFFFD';

    String of(String text) {
        if (text.length() <= characters) {
            return mended(text);
        }
        int end = Character.isHighSurrogate(text.charAt(characters - 1)) ? characters - 1 : characters;
        return mended(text.substring(0, end)) + "… [cut: the first " + end + " of " + text.length() + " characters]";
    }

    /** Half as much of each text. */
    BoundedText tighter() {
        return new BoundedText(characters / 2);
    }

    private static String mended(String text) {
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

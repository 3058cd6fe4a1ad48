package dev.melancia.routing;

/** Counts words as Python's {@code split()} does: runs of anything but white space. */
final class Words {

    private static final int ASCII_END = 128;

    private Words() {}

    /** The number of words, or {@code limit} as soon as that many were seen. */
    static int count(String text, int limit) {
        int words = 0;
        int length = text.length();
        boolean inWord = false;
        for (int i = 0; i < length; i++) {
            boolean space = isSpace(text.charAt(i));
            if (!space && !inWord && ++words == limit) {
                return words;
            }
            inWord = !space;
        }
        return words;
    }

    private static boolean isSpace(char c) {
        if (c > ' ') {
            return c >= ASCII_END && (Character.isSpaceChar(c) || c == '\u0085'); // one look for most letters
        }
        return c == ' ' || (c >= '\t' && c <= '\r') || c >= '\u001C';
    }
}

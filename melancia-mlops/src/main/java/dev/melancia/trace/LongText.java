package dev.melancia.trace;

/** Cuts texts. Stateless. */
final class LongText {

    private LongText() {}

    /** The beginning, and how long it was. */
    static String cut(String text, int characters) {
        if (text.length() <= characters) {
            return text;
        }
        boolean pair = characters > 0 && Character.isHighSurrogate(text.charAt(characters - 1));
        int end = pair ? characters - 1 : characters;
        return text.substring(0, end) + "… [cut: the first " + end + " of " + text.length() + " characters]";
    }

    /** A name that has to be short: its beginning, without a word. */
    static String name(String text) {
        return text.length() <= CallTraces.MAX_NAME ? text : text.substring(0, CallTraces.MAX_NAME - 1) + "…";
    }

    /** A tag's name with the characters MLflow takes; others become {@code _}. */
    static String tagName(String text) {
        StringBuilder name = new StringBuilder(name(text));
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean fine = Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == ' ' || (c == '.' && i > 0);
            if (!fine) {
                name.setCharAt(i, '_');
            }
        }
        return name.toString();
    }
}

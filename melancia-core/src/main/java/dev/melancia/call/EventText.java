package dev.melancia.call;

import java.util.Locale;

/** Texts as a log shows them. Stateless. */
final class EventText {

    private static final char REPLACEMENT = '\uFFFD';

    private EventText() {}

    /** A constant as the lines of the call record name it. */
    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The text, cut like those of a line, and without what would begin a line of its own in a log of plain text. */
    static String oneLine(String text) {
        String cut = LineLimits.USUAL.cut(text);
        for (int i = 0; i < cut.length(); i++) {
            if (breaks(cut.charAt(i))) {
                return cut.codePoints()
                        .map(c -> c < Character.MIN_SUPPLEMENTARY_CODE_POINT && breaks((char) c) ? REPLACEMENT : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
            }
        }
        return cut;
    }

    private static boolean breaks(char c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }
}

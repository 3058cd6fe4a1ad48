package dev.melancia.examples.extractive;

import java.util.ArrayList;
import java.util.List;

/**
 * This provider's own tokens, by a rule of its own: up to five letters or digits in a row are one token, any other
 * visible character is one, and white space belongs to the token after it. The counts are comparable among the two
 * models, not with those of another provider's tokeniser.
 */
final class Tokens {

    private static final int LONGEST = 5;

    private Tokens() {}

    /** The tokens with the white space before each; joined, they are the text. */
    static List<String> split(String text) {
        List<String> tokens = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = end(text, start);
            tokens.add(text.substring(start, end));
            start = end;
        }
        return tokens;
    }

    /** How many tokens a text has; none when it is blank. */
    static int count(String text) {
        return split(text.strip()).size();
    }

    private static int end(String text, int start) {
        int at = start;
        while (at < text.length() && Character.isWhitespace(text.codePointAt(at))) {
            at = text.offsetByCodePoints(at, 1);
        }
        if (at == text.length()) {
            return at;
        }
        if (!Character.isLetterOrDigit(text.codePointAt(at))) {
            return text.offsetByCodePoints(at, 1);
        }
        for (int letters = 0; letters < LONGEST && at < text.length(); letters++) {
            if (!Character.isLetterOrDigit(text.codePointAt(at))) {
                break;
            }
            at = text.offsetByCodePoints(at, 1);
        }
        return at;
    }
}

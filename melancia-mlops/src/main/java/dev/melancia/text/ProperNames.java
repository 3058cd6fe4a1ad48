package dev.melancia.text;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds words that are likely names, by their capitals. Not for texts in capitals, headlines, or German. Pure and safe for
 * any thread.
 *
 * <p>A word counts when it has a capital inside a sentence, is written in capitals ("STF"), or opens a sentence and the next
 * word has a capital, too ("David Silva"). A sentence of four words or more where two thirds are names tells nothing, and gives no name.
 *
 * @since 0.1.0
 */
public final class ProperNames {

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]++");

    private static final int LONG_SENTENCE = 4;

    private ProperNames() {}

    /** The distinct words of names in order, in the form of {@link PortugueseWords#plain}; function words never count. */
    public static Set<String> of(String text) {
        Set<String> names = new LinkedHashSet<>();
        Sentences.of(text).forEach(sentence -> collect(sentence, names));
        return names;
    }

    private static void collect(String sentence, Set<String> names) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(sentence);
        while (matcher.find()) {
            words.add(matcher.group());
        }
        List<String> found = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            boolean second = i + 1 < words.size() && isCapital(words.get(i + 1));
            String plain = PortugueseWords.plain(words.get(i));
            if (isCapital(words.get(i))
                    && !PortugueseWords.isFunctionWord(plain)
                    && (i > 0 || second || isAcronym(words.get(i)))) {
                found.add(plain);
            }
        }
        if (words.size() < LONG_SENTENCE || 3 * found.size() < 2 * words.size()) {
            names.addAll(found);
        }
    }

    private static boolean isCapital(String word) {
        return Character.isUpperCase(word.codePointAt(0));
    }

    private static boolean isAcronym(String word) {
        return word.length() > 1 && word.equals(word.toUpperCase(Locale.ROOT));
    }
}

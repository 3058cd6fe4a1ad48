package dev.melancia.scorer;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Texts as comparable words: lower case whatever the machine's language, accents and punctuation gone, numbers whole
 * ("3,5" is one word).
 */
final class PortugueseWords {

    /*
     * Articles, prepositions and their contractions ("da" is a preposition and an article), and what joins clauses. They
     * occur in any two texts, so a match on them says nothing; "não" and "sem" turn a meaning around and stay.
     */
    private static final Set<String> FUNCTION_WORDS =
            Set.of(("o a os as um uma uns umas de do da dos das em no na nos nas"
                            + " num numa nuns numas por pelo pela pelos pelas para ao aos com e ou que se the an of in to and or")
                    .split(" "));
    private static final Pattern WORD = Pattern.compile("\\d+(?:[.,]\\d+)*|[\\p{L}\\p{N}]+");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private PortugueseWords() {}

    /** Lower case, without accents. */
    static String plain(String text) {
        String decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD);
        return MARKS.matcher(decomposed).replaceAll("").toLowerCase(Locale.ROOT);
    }

    /** All words in order. */
    static List<String> of(String text) {
        return WORD.matcher(plain(text)).results().map(MatchResult::group).toList();
    }

    /** The distinct words that carry meaning; all distinct words when none does. */
    static Set<String> content(List<String> words) {
        Set<String> content = new LinkedHashSet<>(words);
        content.removeAll(FUNCTION_WORDS);
        return content.isEmpty() ? new LinkedHashSet<>(words) : content;
    }

    /** The answer without verbatim repetitions of the question, which would earn overlap for nothing. */
    static List<String> withoutEcho(List<String> answer, List<String> question) {
        List<String> rest = answer;
        int at = echo(rest, question);
        while (at >= 0) {
            List<String> shorter = new ArrayList<>(rest.subList(0, at));
            shorter.addAll(rest.subList(at + question.size(), rest.size()));
            rest = shorter;
            at = echo(rest, question);
        }
        return rest;
    }

    private static int echo(List<String> words, List<String> question) {
        return question.isEmpty() ? -1 : Collections.indexOfSubList(words, question);
    }

    /** Character trigrams of a word between two spaces: "de" has " de" and "de ". */
    static Set<String> trigrams(String word) {
        String padded = " " + word + " ";
        String[] grams = new String[padded.length() - 2];
        Arrays.setAll(grams, i -> padded.substring(i, i + 3));
        return new LinkedHashSet<>(Arrays.asList(grams));
    }
}

package dev.melancia.text;

import java.text.Normalizer;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A text as comparable words: lower case whatever the machine's language, accents and punctuation gone, numbers in one
 * form. Not for showing to people. All methods are pure and safe for any thread; time is linear in the text.
 *
 * <p>Numbers: {@code vinte e três}, {@code 23} and {@code 23,0} are {@code 23}; {@code 1.500} and {@code mil e quinhentos}
 * are {@code 1500}; {@code 1,5} is {@code 1.5}; {@code 2 milhões} is {@code 2000000}; {@code primeira} and {@code 1ª} are
 * {@code 1}; {@code 50 por cento} is {@code 50 %}; {@code R$ 10} is {@code 10 reais}; {@code 05/03/2015} is
 * {@code 5 marco 2015}, as is {@code 5 de março de 2015} but for its function words; {@code 14h30} is {@code 14:30}. A
 * comma before digits is a decimal comma, as Portuguese has it. "Um" and "uma" stay words: alone they are articles;
 * "segundo", "quarta" and other words that are more often no number stay, too.
 *
 * @since 0.1.0
 */
public final class PortugueseWords {

    /*
     * Articles, prepositions and their contractions ("da" is a preposition and an article), and what joins clauses. They
     * occur in any two texts, so a match on them says nothing; "não" and "sem" turn a meaning around and stay.
     */
    private static final Set<String> FUNCTION_WORDS =
            Set.of(("o a os as um uma uns umas de do da dos das em no na nos nas"
                            + " num numa nuns numas por pelo pela pelos pelas para ao aos com e ou que se the an of in to and or")
                    .split(" "));
    /** English "no" is missing: in Portuguese it is "in the". */
    private static final Set<String> NEGATIONS = Set.of(("nao nunca jamais sem nem nenhum nenhuma nenhuns nenhumas"
                    + " ninguem nada tampouco not never without none neither nor nobody nothing cannot")
            .split(" "));

    private static final Pattern NUMBER = Pattern.compile("\\d+(?:\\.\\d+)?|\\d{1,2}:\\d{2}");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private PortugueseWords() {}

    /** The text in lower case and without accents, else unchanged. */
    public static String plain(String text) {
        String decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD);
        return MARKS.matcher(decomposed).replaceAll("").toLowerCase(Locale.ROOT);
    }

    /** All words of the text in order, numbers in one form; empty when it has neither letter nor digit. */
    public static List<String> of(String text) {
        return NumberWords.inDigits(Tokens.of(plain(text)));
    }

    /** The distinct words that carry meaning, in order; all distinct words when none does. */
    public static Set<String> content(Collection<String> words) {
        Set<String> content = new LinkedHashSet<>(words);
        content.removeAll(FUNCTION_WORDS);
        return content.isEmpty() ? new LinkedHashSet<>(words) : content;
    }

    /** Whether a word, as {@link #of} gives it, is an article, a preposition or a conjunction of any text. */
    public static boolean isFunctionWord(String word) {
        return FUNCTION_WORDS.contains(word);
    }

    /** Whether a word, as {@link #of} gives it, negates: "nao", "nunca", "sem", "nenhum" and their like. */
    public static boolean isNegation(String word) {
        return NEGATIONS.contains(word);
    }

    /** Whether a word, as {@link #of} gives it, is a number or a time of day. */
    public static boolean isNumber(String word) {
        return !word.isEmpty()
                && Character.isDigit(word.charAt(0))
                && NUMBER.matcher(word).matches();
    }
}

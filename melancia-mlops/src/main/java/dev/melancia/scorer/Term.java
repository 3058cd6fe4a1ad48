package dev.melancia.scorer;

import dev.melancia.text.PortugueseStemmer;
import dev.melancia.text.PortugueseWords;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A word that carries meaning, and how sure it is that another word means the same.
 *
 * @param word as {@link PortugueseWords#of} gives it
 * @param stem equal for inflections of one word
 */
record Term(String word, String stem) {

    /** From here on the spelling of two words tells that they are related. */
    private static final double RELATED = .55;

    private static final int SHORTEST_RELATED = 5;
    private static final int SAME_BEGINNING = 3;
    private static final int SHORTEST_REVERSED = 4;
    private static final double SYNONYM = .9;
    private static final List<String> REVERSING = List.of("in", "im", "i", "des", "anti");

    /** Words that stand in most statements: they carry a sentence, and say little about which one. */
    private static final Set<String> LIGHT =
            Set.copyOf(List.of(("ser sao foi foram sera serao seja sejam era eram sendo sido eh"
                            + " esta estao estar estiver estava ter tem tera terao tenha tenham tinha teve haver ha houve havera"
                            + " deve devem devera deverao dever devendo pode podem podera poderao poder podendo precisa precisam"
                            + " fazer faz fica ficam ficar cabe cabera caber caberao compete realizar realizado realizada"
                            + " realizados realizadas feito feita feitos feitas"
                            + " tambem ja ainda apenas somente so mais muito muita muitos muitas bem assim como quando onde qual"
                            + " quais quem quanto quantos quantas quanta porque entao"
                            + " este esta estes estas esse essa esses essas aquele aquela aqueles aquelas isso isto disso disto"
                            + " nesse nessa neste nesta desse dessa deste desta seu sua seus suas ele ela eles elas dele dela deles"
                            + " delas lhe lhes cada todo toda todos todas mesmo mesma tal tais"
                            + " qualquer quaisquer sobre entre ate desde apos conforme segundo acordo meio caso partir ambos ambas"
                            + " texto documento contexto resposta trecho informacao is are was be been has have will must should"
                            + " can may do does it its this these those by for on at from with as")
                    .split(" ")));

    /** As laws count their items; longer ones are words ("civil"). */
    private static final Pattern ROMAN = Pattern.compile("[ivx]{1,4}");

    static Term of(String word) {
        return new Term(word, PortugueseStemmer.stem(word));
    }

    boolean isNumber() {
        return PortugueseWords.isNumber(word) || ROMAN.matcher(word).matches();
    }

    boolean isNegation() {
        return PortugueseWords.isNegation(word);
    }

    boolean affirms() {
        return word.equals("sim") || word.equals("yes");
    }

    boolean isLight() {
        return LIGHT.contains(word);
    }

    /** In [0, 1]: 1 for one stem or one number, the likeness of spelling for related words, else 0. */
    double likeness(Term other) {
        if (stem.equals(other.stem) || (isNegation() && other.isNegation())) {
            return 1;
        }
        if (isNumber() || reverses(other)) {
            return 0;
        }
        if (Lexicon.SYNONYMS.joins(stem, other.stem)) {
            return SYNONYM;
        }
        if (Math.min(word.length(), other.word.length()) < SHORTEST_RELATED
                || !word.regionMatches(0, other.word, 0, SAME_BEGINNING)) {
            return 0;
        }
        double dice = TrigramDice.dice(TrigramDice.trigrams(word), TrigramDice.trigrams(other.word));
        return dice < RELATED ? 0 : dice;
    }

    /** Whether one is the other behind a prefix that turns it around, or a named opposite. */
    boolean reverses(Term other) {
        return prefixed(stem, other.stem) || prefixed(other.stem, stem) || Lexicon.OPPOSITES.joins(stem, other.stem);
    }

    private static boolean prefixed(String longer, String shorter) {
        return shorter.length() >= SHORTEST_REVERSED
                && longer.endsWith(shorter)
                && REVERSING.contains(longer.substring(0, longer.length() - shorter.length()));
    }
}

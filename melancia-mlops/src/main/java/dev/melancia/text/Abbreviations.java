package dev.melancia.text;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells the stop of an abbreviation or an initial from the end of a sentence. */
final class Abbreviations {

    /** Stand before something else. */
    private static final Set<String> LEADING =
            words("sr sra srs sras srta dr dra drs dras prof profa profs exmo exma ilmo ilma"
                    + " eng adv dep gov pres gen cel sgt pe st sta arts pags pgs pag pg fls vol vols ed tel figs ex cf cfr vs obs av trav"
                    + " rod mr mrs ms aprox op cit et");
    /** Words of their own, and abbreviations only before a number. */
    private static final Set<String> BEFORE_NUMBERS = words(
            "no nos num art inc cap caps fig par tab min max ap fl res proc lei jan fev mar abr jun jul ago set out nov dez");
    /** End a sentence only before a capital. */
    private static final Set<String> TRAILING = words("etc ltda cia jr inc corp al seg km kg obs");
    /** Begin sentences rather than names. */
    private static final Set<String> OPENERS =
            words("o a os as um uma em no na nos nas ele ela isso este esta para the");

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}\u00B0.]++$");
    private static final Pattern DOTTED = Pattern.compile("(?:\\p{L}{1,2}\\.)+\\p{L}{1,2}");
    private static final Pattern NUMERO = Pattern.compile("[nN]\\.?[o\u00BA\u00B0]?s?");
    private static final Pattern ROMAN = Pattern.compile("[ivxl]+");
    private static final int LONGEST = 12;

    private Abbreviations() {}

    private static Set<String> words(String list) {
        return Set.of(list.split(" "));
    }

    /** Whether the sentence that began at start goes on behind the stop. */
    static boolean goesOn(String text, int start, Matcher stop) {
        Matcher before = WORD.matcher(text.substring(Math.max(start, stop.start() - LONGEST), stop.start()));
        if (stop.group().length() > 1 || !before.find()) {
            return false;
        }
        String word = before.group();
        int next = next(text, stop.end());
        String plain = PortugueseWords.plain(word);
        if (LEADING.contains(plain)) {
            return true;
        }
        if (BEFORE_NUMBERS.contains(plain) || NUMERO.matcher(word).matches()) {
            return Character.isDigit(next)
                    || ROMAN.matcher(wordAt(text, stop.end())).matches();
        }
        if (plain.length() == 1 && Character.isLetter(word.charAt(0))) {
            return !OPENERS.contains(wordAt(text, stop.end()));
        }
        return (TRAILING.contains(plain) || DOTTED.matcher(word).matches()) && !Character.isUpperCase(next);
    }

    /** The first letter or digit from here on; a blank when there is none near. */
    static int next(String text, int from) {
        int at = from;
        int end = Math.min(text.length(), from + LONGEST);
        while (at < end && !Character.isLetterOrDigit(text.charAt(at))) {
            at++;
        }
        return at < end ? text.codePointAt(at) : ' ';
    }

    private static String wordAt(String text, int from) {
        String rest = PortugueseWords.plain(text.substring(from, Math.min(text.length(), from + LONGEST)))
                .strip();
        int end = 0;
        while (end < rest.length() && Character.isLetter(rest.charAt(end))) {
            end++;
        }
        return rest.substring(0, end);
    }
}

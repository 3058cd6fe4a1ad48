package dev.melancia.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits Portuguese text into sentences. Knows abbreviations ("Dr.", "art. 5º", "p. ex."), initials, decimals, list items and
 * lines that end without a stop. Not for verse or source code. Pure and safe for any thread; time is linear in the text.
 *
 * <p>A line break ends a sentence before a list item, an empty line or a capital, and after a colon; else the sentence
 * goes on. A semicolon does not end one.
 *
 * @since 0.1.0
 */
public final class Sentences {

    private static final Pattern STOP =
            Pattern.compile("(?<![.!?\u2026])[.!?\u2026]++[\"'\u201D\u2019\u00BB)\\]*_]*+(?=\\s)|[\\r\\n]\\s*+");
    private static final Pattern MARKER = Pattern.compile(
            "^\\s*+(?:[-*+>#\u2022\u2013\u2014]++\\s++|\\(?\\d{1,3}[.)]\\s++|\\(?(?:[a-zA-Z]|[ivx]{1,4})\\)\\s++)");
    private static final Pattern LINE_BREAK = Pattern.compile("[\\r\\n]\\s*+");
    private static final int LONGEST_MARKER = 8;

    private final String text;
    private final List<String> found = new ArrayList<>();
    private int start;

    private Sentences(String text) {
        this.text = text;
    }

    /** The sentences in order, as they stand but for list markers, line breaks inside, and outer white space. */
    public static List<String> of(String text) {
        return new Sentences(text.strip()).split();
    }

    private List<String> split() {
        Matcher stop = STOP.matcher(text);
        while (stop.find()) {
            boolean isBreak = stop.group().isBlank();
            if (isBreak ? lineEnds(stop) : stopEnds(stop)) {
                add(stop.end());
            }
        }
        add(text.length());
        return List.copyOf(found);
    }

    private void add(int end) {
        String raw = text.substring(start, end);
        Matcher marker = MARKER.matcher(raw);
        boolean marked = isLineStart() && marker.find() && marker.end() < raw.length();
        String sentence = LINE_BREAK
                .matcher((marked ? raw.substring(marker.end()) : raw).strip())
                .replaceAll(" ");
        if (sentence.chars().anyMatch(Character::isLetterOrDigit)) {
            found.add(sentence);
        }
        start = end;
    }

    /** A text of one line is no list: "5. O prazo é…" answers "5". */
    private boolean isLineStart() {
        return start == 0 ? text.indexOf('\n') >= 0 : text.charAt(start - 1) == '\n' || text.charAt(start) == '\n';
    }

    private boolean lineEnds(Matcher stop) {
        if (stop.start() == start) {
            return false;
        }
        boolean emptyLine = stop.group().chars().filter(c -> c == '\n').count() > 1;
        String rest = text.substring(stop.end(), Math.min(text.length(), stop.end() + LONGEST_MARKER));
        char last = text.charAt(stop.start() - 1);
        return emptyLine
                || last == ':'
                || MARKER.matcher(rest).find()
                || (last != ',' && Character.isUpperCase(Abbreviations.next(text, stop.end())));
    }

    private boolean stopEnds(Matcher stop) {
        String mark = stop.group();
        int next = Abbreviations.next(text, stop.end());
        if (mark.startsWith("..") || mark.charAt(0) == '\u2026') {
            return !Character.isLowerCase(next);
        }
        return mark.charAt(0) != '.' || !(isMarker(stop.end()) || Abbreviations.goesOn(text, start, stop));
    }

    private boolean isMarker(int end) {
        return end - start <= LONGEST_MARKER
                && isLineStart()
                && MARKER.matcher(text.substring(start, end) + " ").matches();
    }
}

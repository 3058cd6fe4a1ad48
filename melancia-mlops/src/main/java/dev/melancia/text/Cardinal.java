package dev.melancia.text;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A cardinal number read from plain words, as far as it goes: "dois mil e quinze dias" is 2015 and ends before "dias".
 *
 * <p>For the maintainer. A number is groups below a thousand, each before a scale ("mil", "milhões"), scales descending. In a
 * group hundreds, tens and units descend and "e" joins them, so that "dois e três" or "vinte, trinta" stay two numbers. "Um"
 * counts only inside a longer number.
 */
final class Cardinal {

    private static final Map<String, Integer> SMALL =
            NumberWords.table("zero:0 um uma:1 dois duas:2 tres:3 quatro:4 cinco:5"
                    + " seis:6 sete:7 oito:8 nove:9 dez:10 onze:11 doze:12 treze:13 catorze quatorze:14 quinze:15 dezesseis dezasseis:16"
                    + " dezessete dezassete:17 dezoito:18 dezenove dezanove:19 vinte:20 trinta:30 quarenta:40 cinquenta:50 sessenta:60"
                    + " setenta:70 oitenta:80 noventa:90 cem cento:100 duzentos duzentas:200 trezentos trezentas:300"
                    + " quatrocentos quatrocentas:400 quinhentos quinhentas:500 seiscentos seiscentas:600 setecentos setecentas:700"
                    + " oitocentos oitocentas:800 novecentos novecentas:900");
    /** Powers of ten. */
    private static final Map<String, Integer> SCALES =
            NumberWords.table("mil:3 milhao milhoes mi:6 bilhao bilhoes biliao bilioes bi:9 trilhao trilhoes:12");

    private static final Set<String> SHORT_SCALES = Set.of("mi", "bi");
    private static final Set<String> HALF = Set.of("meio", "meia");
    private static final Set<String> DOZEN = Set.of("duzia", "duzias");
    private static final int LONGEST_DIGITS = 15;
    private static final int NO_SCALE = 99;

    private final List<String> words;
    private final int start;
    private int at;
    private BigDecimal total = BigDecimal.ZERO;
    private BigDecimal group = BigDecimal.ZERO;
    private int scale = NO_SCALE;
    /** The next part of the group must be below. */
    private int below = 1_000;

    Cardinal(List<String> words, int start) {
        this.words = words;
        this.start = start;
        at = start;
        if (isLongNumber(word(0))) {
            at++;
        } else if (!half()) {
            boolean more = part(0);
            while (more) {
                more = part(0) || (word(0).equals("e") && part(1));
            }
            if (at > start) {
                fractions();
            }
        }
    }

    boolean isNumber() {
        return at > start;
    }

    int end() {
        return at;
    }

    /** In digits. */
    String text() {
        BigDecimal value = total.add(group);
        return at == start + 1 && isDigits(words.get(start)) ? words.get(start) : digits(value);
    }

    private static String digits(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    private boolean part(int skip) {
        String word = word(skip);
        Integer small = SMALL.get(word);
        if (small != null) {
            return small(small, skip);
        }
        Integer power = SCALES.get(word);
        if (power != null) {
            return scale(power, word, skip);
        }
        boolean first = at == start;
        if (isDigits(word)
                && !isLongNumber(word)
                && (first || (skip == 1 && isScale(word(skip + 1)) && below == 1_000))) {
            group = new BigDecimal(word);
            below = 0;
            at += skip + 1;
            return true;
        }
        return false;
    }

    private boolean small(int value, int skip) {
        boolean startsGroup = below == 1_000;
        boolean joined = skip == 1 || (startsGroup && value > 1);
        boolean first = at == start;
        if (first ? value == 1 && !leads(skip + 1) : value == 0 || value >= below || !joined) {
            return false;
        }
        group = group.add(BigDecimal.valueOf(value));
        boolean whole = words.get(at + skip).equals("cem");
        below = value < 20 || whole ? 0 : value < 100 ? 10 : 100;
        at += skip + 1;
        return true;
    }

    private boolean scale(int power, String word, int skip) {
        boolean counted = below < 1_000;
        boolean alone = at == start && power == 3;
        if (skip == 1 || power >= scale || !(counted || alone) || (SHORT_SCALES.contains(word) && !afterDigits())) {
            return false;
        }
        total = total.add((counted ? group : BigDecimal.ONE).scaleByPowerOfTen(power));
        group = BigDecimal.ZERO;
        scale = power;
        below = 1_000;
        at++;
        return true;
    }

    private boolean leads(int skip) {
        return isScale(word(skip))
                || DOZEN.contains(word(skip))
                || (word(skip).equals("e") && HALF.contains(word(skip + 1)));
    }

    /** "Meio milhão", "meia dúzia". */
    private boolean half() {
        if (!HALF.contains(word(0))) {
            return false;
        }
        Integer power = SCALES.get(word(1));
        if (DOZEN.contains(word(1))) {
            group = BigDecimal.valueOf(6);
            at += 2;
        } else if (power != null && isScale(word(1))) {
            group = BigDecimal.valueOf(5).scaleByPowerOfTen(power - 1);
            at += 2;
        }
        return true;
    }

    private void fractions() {
        if (DOZEN.contains(word(0))) {
            group = group.multiply(BigDecimal.valueOf(12));
            at++;
        } else if (word(0).equals("e") && HALF.contains(word(1))) {
            int power = below == 1_000 ? scale : 0;
            group = group.add(BigDecimal.valueOf(5).scaleByPowerOfTen(power - 1));
            at += 2;
        }
    }

    private boolean afterDigits() {
        return at == start + 1 && isDigits(words.get(start));
    }

    private String word(int ahead) {
        return at + ahead < words.size() ? words.get(at + ahead) : "";
    }

    private static boolean isScale(String word) {
        return SCALES.containsKey(word) && !SHORT_SCALES.contains(word);
    }

    private static boolean isDigits(String word) {
        return PortugueseWords.isNumber(word) && word.indexOf(':') < 0;
    }

    private static boolean isLongNumber(String word) {
        return isDigits(word) && word.length() > LONGEST_DIGITS;
    }
}

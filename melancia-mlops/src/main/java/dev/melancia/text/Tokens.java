package dev.melancia.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a plain text into words and brings numbers written in digits into one form. */
final class Tokens {

    private static final Pattern TOKEN = Pattern.compile("(?<money>(?:us|r)?\\$|\u20AC)"
            + "|(?<percent>%)"
            + "|(?<!\\d)(?<day>\\d{1,2})/(?<month>\\d{1,2})/(?<year>\\d{4})(?!\\d)"
            + "|(?<!\\d)(?<isoyear>\\d{4})-(?<isomonth>\\d{2})-(?<isoday>\\d{2})(?!\\d)"
            + "|(?<!\\d)(?<hour>[01]?\\d|2[0-4])(?:h|:)(?<minute>[0-5]\\d)(?![\\d:])"
            + "|(?<number>\\d++(?:[.,]\\d++)*+)(?:[oa]s?(?![\\p{L}\\p{N}]))?"
            + "|(?<word>[\\p{L}\\p{N}]++)");
    private static final List<String> MONTHS = List.of(
            "janeiro",
            "fevereiro",
            "marco",
            "abril",
            "maio",
            "junho",
            "julho",
            "agosto",
            "setembro",
            "outubro",
            "novembro",
            "dezembro");
    private static final Pattern GROUPED = Pattern.compile("[1-9]\\d{0,2}(?:\\.\\d{3})+(?:,\\d+)?");
    private static final Pattern GROUPED_IN_ENGLISH =
            Pattern.compile("[1-9]\\d{0,2}(?:(?:,\\d{3})+\\.\\d+|(?:,\\d{3}){2,})");
    private static final Pattern DECIMAL = Pattern.compile("\\d+(?:[.,]\\d+)?");
    /** What stands before a number and is said after it. */
    static final Map<String, String> CURRENCIES =
            Map.of("r$", "reais", "us$", "dolares", "$", "dolares", "\u20AC", "euros");

    private Tokens() {}

    static List<String> of(String plain) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(plain);
        while (matcher.find()) {
            if (matcher.group("day") != null) {
                date(tokens, matcher.group("day"), matcher.group("month"), matcher.group("year"));
            } else if (matcher.group("isoday") != null) {
                date(tokens, matcher.group("isoday"), matcher.group("isomonth"), matcher.group("isoyear"));
            } else if (matcher.group("hour") != null) {
                time(tokens, number(matcher.group("hour")), matcher.group("minute"));
            } else if (matcher.group("number") != null) {
                tokens.add(number(matcher.group("number")));
            } else {
                tokens.add(matcher.group());
            }
        }
        return tokens;
    }

    private static void date(List<String> tokens, String day, String month, String year) {
        int at = Integer.parseInt(month);
        tokens.add(number(day));
        tokens.add(at >= 1 && at <= MONTHS.size() ? MONTHS.get(at - 1) : number(month));
        tokens.add(number(year));
    }

    private static void time(List<String> tokens, String hour, String minute) {
        if (minute.equals("00")) {
            tokens.add(hour);
            tokens.add("horas");
        } else {
            tokens.add(hour + ":" + minute);
        }
    }

    /** One form for one value: no grouping, a decimal point, no zeros that say nothing; what is no number stays. */
    static String number(String digits) {
        String plain = digits;
        if (GROUPED.matcher(digits).matches()) {
            plain = digits.replace(".", "").replace(',', '.');
        } else if (GROUPED_IN_ENGLISH.matcher(digits).matches()) {
            plain = digits.replace(",", "");
        } else if (DECIMAL.matcher(digits).matches()) {
            plain = digits.replace(',', '.');
        } else {
            return digits;
        }
        int start = 0;
        while (start < plain.length() - 1 && plain.charAt(start) == '0' && plain.charAt(start + 1) != '.') {
            start++;
        }
        int end = plain.length();
        if (plain.indexOf('.') >= 0) {
            while (plain.charAt(end - 1) == '0') {
                end--;
            }
            end -= plain.charAt(end - 1) == '.' ? 1 : 0;
        }
        return plain.substring(start, end);
    }
}

package dev.melancia.text;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the numbers of a list of plain words in digits, and currencies and percentages in one way. */
final class NumberWords {

    private static final Map<String, Integer> ORDINALS =
            table("primeiro primeira:1 terceiro terceira:3 quinto:5 sexto:6"
                    + " setimo setima:7 oitavo oitava:8 nono nona:9 decimo decima:10 vigesimo vigesima:20 trigesimo trigesima:30"
                    + " quadragesimo quadragesima:40 quinquagesimo quinquagesima:50 centesimo centesima:100");
    /** Ordinals only behind another: alone they are "according to", a room, or days of the week. */
    private static final Map<String, Integer> AMBIGUOUS = table("segundo segunda:2 quarto quarta:4 quinta:5 sexta:6");

    private static final Set<String> HOURS = Set.of("h", "hs", "hrs");

    private final List<String> words;
    private final List<String> result = new ArrayList<>();
    private int at;

    private NumberWords(List<String> words) {
        this.words = words;
    }

    static List<String> inDigits(List<String> words) {
        return new NumberWords(words).read();
    }

    /** From "um uma:1 dois:2". */
    static Map<String, Integer> table(String entries) {
        Map<String, Integer> table = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (String entry : entries.split(" ", -1)) {
            int colon = entry.indexOf(':');
            names.add(colon < 0 ? entry : entry.substring(0, colon));
            if (colon >= 0) {
                int value = Integer.parseInt(entry.substring(colon + 1));
                names.forEach(name -> table.put(name, value));
                names.clear();
            }
        }
        return Map.copyOf(table);
    }

    private List<String> read() {
        while (at < words.size()) {
            String currency = Tokens.CURRENCIES.get(words.get(at));
            if (currency != null) {
                at++;
                number();
                result.add(currency);
                at += at < words.size() && words.get(at).equals(currency) ? 1 : 0;
            } else if (number()) {
                unit();
            } else {
                result.add(words.get(at++));
            }
        }
        return List.copyOf(result);
    }

    private boolean number() {
        if (at == words.size()) {
            return false;
        }
        if (ordinal()) {
            return true;
        }
        Cardinal cardinal = new Cardinal(words, at);
        if (!cardinal.isNumber()) {
            return false;
        }
        result.add(cardinal.text());
        at = cardinal.end();
        return true;
    }

    private boolean ordinal() {
        Integer value = ORDINALS.get(words.get(at));
        if (value == null) {
            return false;
        }
        at++;
        if (value >= 10 && at < words.size()) {
            Integer unit = ORDINALS.getOrDefault(words.get(at), AMBIGUOUS.get(words.get(at)));
            if (unit != null && unit < 10) {
                value += unit;
                at++;
            }
        }
        result.add(BigDecimal.valueOf(value).toPlainString());
        return true;
    }

    private void unit() {
        if (at < words.size() && HOURS.contains(words.get(at))) {
            result.add("horas");
            at++;
        } else if (at < words.size() && Set.of("porcento", "percent").contains(words.get(at))) {
            result.add("%");
            at++;
        } else if (at + 1 < words.size()
                && Set.of("por", "per").contains(words.get(at))
                && Set.of("cento", "cent").contains(words.get(at + 1))) {
            result.add("%");
            at += 2;
        }
    }
}

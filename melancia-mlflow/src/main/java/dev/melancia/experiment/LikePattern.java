package dev.melancia.experiment;

/** SQL's LIKE: {@code %} is any text, {@code _} any one character. Stateless. */
final class LikePattern {

    private LikePattern() {}

    /** Time at most the product of both lengths: the last {@code %} alone is ever tried again. */
    static boolean matches(String pattern, String text) {
        int[] wanted = pattern.codePoints().toArray();
        int[] actual = text.codePoints().toArray();
        int p = 0;
        int t = 0;
        int star = -1;
        int mark = 0;
        while (t < actual.length) {
            if (p < wanted.length && wanted[p] == '%') {
                star = p++;
                mark = t;
            } else if (p < wanted.length && (wanted[p] == '_' || wanted[p] == actual[t])) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++mark;
            } else {
                return false;
            }
        }
        while (p < wanted.length && wanted[p] == '%') {
            p++;
        }
        return p == wanted.length;
    }
}

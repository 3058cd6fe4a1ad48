package dev.melancia.experiment;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a filter into words. Confined to one thread. */
final class FilterScanner {

    private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_.]*");
    private static final Pattern NUMBER = Pattern.compile("-?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern COMPARISON = Pattern.compile("!=|<=|>=|=|<|>");
    private static final int WIDTH = 100;

    private final String what;
    private final String filter;
    private int next;

    /**
     * @param what begins the messages
     */
    FilterScanner(String what, String filter) {
        this.what = what;
        this.filter = filter;
    }

    FilterToken next() {
        while (next < filter.length() && Character.isWhitespace(filter.charAt(next))) {
            next++;
        }
        int at = next;
        if (at == filter.length()) {
            return new FilterToken(FilterToken.Kind.END, "", at);
        }
        char first = filter.charAt(at);
        if (first == '\'' || first == '"') {
            return new FilterToken(FilterToken.Kind.TEXT, quoted(), at);
        }
        if ("(),".indexOf(first) >= 0) {
            next++;
            return new FilterToken(FilterToken.Kind.PUNCTUATION, String.valueOf(first), at);
        }
        return word(at);
    }

    private FilterToken word(int at) {
        if (take(WORD)) {
            String word = filter.substring(at, next);
            boolean quotedKey = word.endsWith(".") && next < filter.length() && "`\"".indexOf(filter.charAt(next)) >= 0;
            return new FilterToken(FilterToken.Kind.WORD, quotedKey ? word + quoted() : word, at);
        }
        if (take(NUMBER)) {
            return new FilterToken(FilterToken.Kind.NUMBER, filter.substring(at, next), at);
        }
        if (take(COMPARISON)) {
            return new FilterToken(FilterToken.Kind.COMPARISON, filter.substring(at, next), at);
        }
        throw problem(
                at,
                "'" + Character.toString(filter.codePointAt(at))
                        + "' cannot stand here; a key with other characters than letters, digits, _ and . stands in"
                        + " back quotes, such as metrics.`f1/mean`");
    }

    private boolean take(Pattern pattern) {
        Matcher found = pattern.matcher(filter).region(next, filter.length());
        boolean matches = found.lookingAt();
        if (matches) {
            next = found.end();
        }
        return matches;
    }

    private String quoted() {
        int at = next;
        char quote = filter.charAt(at);
        int end = filter.indexOf(quote, at + 1);
        if (end < 0) {
            throw problem(at, "the " + quote + " here is never closed; put another " + quote + " where the text ends");
        }
        next = end + 1;
        return filter.substring(at + 1, end);
    }

    /** What is wrong at a place, with the place below it. */
    IllegalArgumentException problem(int at, String problem) {
        int from = Math.max(0, at - WIDTH / 2);
        int to = Math.min(filter.length(), from + WIDTH);
        String line = filter.substring(from, to).replaceAll("\\s", " ");
        return new IllegalArgumentException(what + ", column " + (at + 1) + ": " + problem + "\n  " + line + "\n  "
                + " ".repeat(filter.codePointCount(from, at)) + "^");
    }
}

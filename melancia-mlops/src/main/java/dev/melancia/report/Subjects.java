package dev.melancia.report;

/** How subjects are told apart on paper and by those who do not see colours: by a letter. */
final class Subjects {

    private static final int LETTERS = 26;
    private static final int COLOURS = 6;

    private Subjects() {}

    /** A, B, …, Z, AA, AB, … */
    static String letter(int index) {
        String last = String.valueOf((char) ('A' + index % LETTERS));
        return index < LETTERS ? last : letter(index / LETTERS - 1) + last;
    }

    /** Class of the colour. */
    static String colour(int index) {
        return "c" + index % COLOURS;
    }

    static String badge(int index) {
        return "<span class=\"badge " + colour(index) + "\">" + letter(index) + "</span>";
    }
}

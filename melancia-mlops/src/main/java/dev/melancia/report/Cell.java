package dev.melancia.report;

/**
 * One cell of a table. Immutable.
 *
 * @param main what is read first
 * @param detail the small print after it; may be empty
 * @param sort what a column is sorted by; NaN where there is no number
 */
record Cell(String main, String detail, double sort) {

    static Cell of(String text) {
        return new Cell(text, "", Double.NaN);
    }

    static Cell none(String reason) {
        return new Cell("–", reason, Double.NaN);
    }

    static Cell count(int count) {
        return new Cell(Integer.toString(count), "", count);
    }

    boolean isNone() {
        return main.equals("–");
    }

    /** Both parts in one line. */
    String line() {
        return isNone() ? detail : detail.isEmpty() ? main : main + " " + detail;
    }
}

package dev.melancia.report;

import java.util.Locale;

/** Marks of a chart whose positions are percentages, so that it fits any width and its letters keep their size. */
final class Svg {

    private static final double MARGIN = 2;

    private Svg() {}

    /** A share in [0, 1] as a position that leaves room for a dot at both ends. */
    static String at(double share) {
        double shown = Math.min(1, Math.max(0, share));
        return String.format(Locale.ROOT, "%.2f%%", MARGIN + shown * (100 - 2 * MARGIN));
    }

    static String open(String classes, String label) {
        String text = Html.escape(label);
        return "<svg class=\"" + classes + "\" role=\"img\" aria-label=\"" + text + "\"><title>" + text + "</title>";
    }

    static String track() {
        return "<line class=\"track\" x1=\"2%\" x2=\"98%\" y1=\"50%\" y2=\"50%\"/>";
    }

    /** A horizontal interval with its ends. */
    static String span(double low, double high) {
        return line("span", at(low), at(high), "50%", "50%")
                + line("end", at(low), at(low), "30%", "70%")
                + line("end", at(high), at(high), "30%", "70%");
    }

    static String line(String classes, String x1, String x2, String y1, String y2) {
        return "<line class=\"" + classes + "\" x1=\"" + x1 + "\" x2=\"" + x2 + "\" y1=\"" + y1 + "\" y2=\"" + y2
                + "\"/>";
    }

    static String dot(double share, boolean filled) {
        return "<circle class=\"dot" + (filled ? "" : " open") + "\" cx=\"" + at(share) + "\" cy=\"50%\" r=\"6\"/>";
    }
}

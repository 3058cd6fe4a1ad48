package dev.melancia.analysis;

import java.util.Locale;

/** Differences as people say them: as many decimals as the uncertainty deserves, rates in percentage points. */
final class Amounts {

    private static final int MOST_DECIMALS = 12;
    private static final int MORE_DECIMALS = 2;
    private static final int PERCENT = 100;
    private static final double ROUNDING = 1e-9;

    private final Metric metric;
    private final ReportLanguage language;

    Amounts(Metric metric, ReportLanguage language) {
        this.metric = metric;
        this.language = language;
    }

    /** Two ends of one sign, as distances from 0: {@code 0.06 to 0.14 s}. */
    String range(double low, double high) {
        int decimals = decimals(factor() * low, factor() * high);
        String from = number(low, decimals);
        String to = number(high, decimals);
        return (from.equals(to) ? to : from + language.pick(" to ", " a ") + to) + unit();
    }

    /** One amount, at least 0. */
    String one(double amount) {
        return number(amount, amount == 0 ? MORE_DECIMALS : clamp(1 - exponent(factor() * amount))) + unit();
    }

    private double factor() {
        return metric.yesNo() ? PERCENT : 1;
    }

    private String unit() {
        if (metric.yesNo()) {
            return language.pick(" percentage points", " pontos percentuais");
        }
        return metric.unit().isEmpty() ? "" : " " + metric.unit();
    }

    /** The leading digit of the width, and a few more where the lower end would be told as nothing. */
    private static int decimals(double low, double high) {
        int byWidth = high - low > ROUNDING * high ? -exponent(high - low) : 1 - exponent(high);
        int byLow = low > 0 ? -exponent(low) : byWidth;
        return clamp(Math.min(Math.max(byWidth, byLow), byWidth + MORE_DECIMALS));
    }

    private static int exponent(double amount) {
        return amount > 0 ? (int) Math.floor(Math.log10(amount)) : 0;
    }

    private static int clamp(int decimals) {
        return Math.max(0, Math.min(MOST_DECIMALS, decimals));
    }

    private String number(double amount, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", factor() * amount)
                .replace('.', language.decimalSeparator());
    }
}

package dev.melancia.drift;

import java.math.BigDecimal;
import java.math.MathContext;

/** Verdicts as sentences. */
final class Explanation {

    private static final MathContext THREE_DIGITS = new MathContext(3);
    private static final double SMALLEST_STATED_P = 0.0001;

    private Explanation() {}

    static String ofDrifted(DriftEvidence evidence, DriftSeverity severity) {
        return evidence.metric() + " drifted " + evidence.direction().words() + ", severity " + severity + ": "
                + medians(evidence) + ", 95th percentile by "
                + signed(evidence.effects().p95Shift()) + " " + evidence.unit() + " (" + figures(evidence) + ")";
    }

    static String ofStable(DriftEvidence evidence) {
        return evidence.metric() + " is stable: " + reason(evidence) + "; " + medians(evidence) + " ("
                + figures(evidence) + ")";
    }

    private static String reason(DriftEvidence evidence) {
        if (evidence.isSignificant()) {
            return "the difference is more than chance but too small to matter";
        }
        return evidence.isLargeEnough()
                ? "the difference can be chance with so few values"
                : "the difference is small and can be chance";
    }

    private static String medians(DriftEvidence evidence) {
        return "median from " + number(evidence.baselineMedian()) + " to " + number(evidence.currentMedian()) + " "
                + evidence.unit();
    }

    private static String figures(DriftEvidence evidence) {
        return "D = " + number(evidence.test().statistic()) + ", minimum " + number(evidence.minimumEffect())
                + "; adjusted p " + probability(evidence.adjustedPValue()) + ", alpha " + number(evidence.alpha())
                + (evidence.minimumShift() == 0
                        ? ""
                        : "; minimum shift " + number(evidence.minimumShift()) + " " + evidence.unit())
                + "; " + evidence.baselineSize() + " baseline and " + evidence.currentSize() + " current values";
    }

    private static String probability(double p) {
        return p < SMALLEST_STATED_P ? "< 0.0001" : "= " + number(p);
    }

    private static String signed(double shift) {
        return (shift > 0 ? "+" : "") + number(shift);
    }

    /** At most three significant digits, but whole numbers whole; the same in every locale. */
    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        BigDecimal exact = new BigDecimal(value);
        BigDecimal rounded = exact.abs().compareTo(BigDecimal.valueOf(100)) >= 0
                ? exact.setScale(0, THREE_DIGITS.getRoundingMode())
                : exact.round(THREE_DIGITS);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}

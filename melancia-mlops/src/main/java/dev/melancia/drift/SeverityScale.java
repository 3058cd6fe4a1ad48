package dev.melancia.drift;

/** Thresholds of D between the severities, in [0, 1]. */
record SeverityScale(double mediumFrom, double highAbove) {

    SeverityScale {
        if (!(mediumFrom >= 0 && mediumFrom <= highAbove && highAbove <= 1)) {
            throw new IllegalArgumentException("severity thresholds must be 0 <= mediumFrom <= highAbove <= 1, were "
                    + mediumFrom + " and " + highAbove);
        }
    }

    DriftSeverity of(double d) {
        if (d > highAbove) {
            return DriftSeverity.HIGH;
        }
        return d >= mediumFrom ? DriftSeverity.MEDIUM : DriftSeverity.LOW;
    }
}

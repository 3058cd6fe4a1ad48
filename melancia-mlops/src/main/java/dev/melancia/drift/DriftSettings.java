package dev.melancia.drift;

import dev.melancia.drift.DriftVerdict.Drifted;
import dev.melancia.drift.DriftVerdict.Stable;

/** What makes a difference a drift. Immutable. */
record DriftSettings(double alpha, int minimumSampleSize, SeverityScale severity, long seed) {

    DriftVerdict decide(Comparison comparison, double adjustedPValue) {
        DriftEvidence evidence = new DriftEvidence(comparison, adjustedPValue, alpha);
        return evidence.isSignificant() && evidence.isLargeEnough()
                ? new Drifted(evidence, severity.of(comparison.test().statistic()))
                : new Stable(evidence);
    }
}

package dev.melancia.regression;

import dev.melancia.analysis.SubjectReport;

/** One rule of a gate. Each implements the check that {@link #needsEarlierRun()} calls for. */
interface Rule {

    /** The rule for people. */
    String words();

    boolean needsEarlierRun();

    /** Of a run alone. */
    default Judgement check(SubjectReport subject) {
        throw new UnsupportedOperationException(words());
    }

    /** Against an earlier run. */
    default Judgement check(SubjectRegression subject) {
        throw new UnsupportedOperationException(words());
    }
}

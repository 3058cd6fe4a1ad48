package dev.melancia.regression;

import dev.melancia.regression.Finding.Outcome;

/** What the evidence says of a rule, and whether the mean alone keeps it. Immutable. */
record Judgement(Outcome outcome, boolean keptByEstimate, String evidence) {

    static Judgement held(String evidence) {
        return new Judgement(Outcome.HELD, true, evidence);
    }

    static Judgement broken(String evidence) {
        return new Judgement(Outcome.BROKEN, false, evidence);
    }

    static Judgement open(boolean keptByEstimate, String evidence) {
        return new Judgement(Outcome.INCONCLUSIVE, keptByEstimate, evidence);
    }

    Finding finding(String subject, String rule, Gate.Inconclusive policy) {
        boolean passes = outcome == Outcome.HELD
                || (outcome == Outcome.INCONCLUSIVE
                        && (policy == Gate.Inconclusive.PASS
                                || (policy == Gate.Inconclusive.BY_ESTIMATE && keptByEstimate)));
        return new Finding(subject, rule, outcome, passes, evidence);
    }
}

package dev.melancia.regression;

import java.util.List;

/** Nothing fails that was answered before. Immutable. */
record NoNewFailure() implements Rule {

    @Override
    public String words() {
        return "no new failure";
    }

    @Override
    public boolean needsEarlierRun() {
        return true;
    }

    @Override
    public Judgement check(SubjectRegression subject) {
        int n = subject.now().failureRate().n();
        if (n == 0) {
            return Judgement.open(false, "no question was asked in both runs");
        }
        List<String> failures = subject.newFailures();
        return failures.isEmpty()
                ? Judgement.held("none of " + n)
                : Judgement.broken(failures.size() + " of " + n + ": " + RegressionText.ids(failures));
    }
}

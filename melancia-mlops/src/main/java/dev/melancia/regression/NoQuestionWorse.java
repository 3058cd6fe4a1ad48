package dev.melancia.regression;

import java.util.List;

/** Every question must go on being as good. Immutable. */
record NoQuestionWorse(String metric, double byMoreThan) implements Rule {

    NoQuestionWorse {
        if (!(byMoreThan >= 0 && byMoreThan < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("byMoreThan must be at least 0 and finite, was " + byMoreThan);
        }
    }

    @Override
    public String words() {
        return "no question's " + metric + " worse by more than " + byMoreThan;
    }

    @Override
    public boolean needsEarlierRun() {
        return true;
    }

    @Override
    public Judgement check(SubjectRegression subject) {
        int n = subject.compared(metric).n();
        if (n == 0) {
            return Judgement.open(false, subject.compared(metric).reason());
        }
        List<QuestionChange> worse = subject.worse(metric, byMoreThan);
        return worse.isEmpty()
                ? Judgement.held("none of " + n)
                : Judgement.broken(worse.size() + " of " + n + ": "
                        + RegressionText.ids(
                                worse.stream().map(QuestionChange::questionId).toList()));
    }
}

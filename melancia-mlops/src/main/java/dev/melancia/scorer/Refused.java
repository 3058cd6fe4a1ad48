package dev.melancia.scorer;

/**
 * Whether the subject refused, right or wrong: its mean is the refusal rate. A refusal declines as a whole, or says that
 * the speaker or its sources do not know; an answer in part is none. Read it beside {@link RefusalCorrectness}: refusing is
 * right where no answer exists. Immutable.
 */
final class Refused implements Scorer {

    @Override
    public String name() {
        return "refused";
    }

    @Override
    public ScoreScale scale() {
        return new ScoreScale(0, 1, false, true);
    }

    @Override
    public String measures() {
        return "1 when the subject declined or said that it does not know, else 0: the mean is the refusal rate";
    }

    @Override
    public String blindTo() {
        return Refusal.BLIND_TO + "; whether refusing was right (see refusal correctness)";
    }

    @Override
    public String agreement() {
        return Refusal.AGREEMENT;
    }

    @Override
    public Score score(Question question, Answer answer) {
        return Score.of(Refusal.is(answer.text()) ? 1 : 0);
    }
}

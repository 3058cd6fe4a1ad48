package dev.melancia.scorer;

/**
 * Whether the subject answered when it could and refused when it had to.
 *
 * <table>
 *   <caption>Values</caption>
 *   <tr><th></th><th>refuses</th><th>answers</th></tr>
 *   <tr><th>no answer exists</th><td>1</td><td>0</td></tr>
 *   <tr><th>an answer exists</th><td>0</td><td>1</td></tr>
 * </table>
 *
 * Answering an answerable question is 1 whatever is said, and not "not applicable": otherwise each subject would choose
 * its own questions to be judged on, and two subjects could not be compared. So read it beside a scorer of content, and
 * against the subject that always answers, which scores the share of answerable questions.
 *
 * <p>A refusal is found by rules ({@link Refusal}), in Portuguese and English: the text declines, or says that the speaker or
 * its sources do not know, and asserts nothing else: "não sei, o prazo é de 30 dias" is an answer, and so is "não encontrei
 * divergências". A blank answer is a refusal, one of more than 4,000 characters never. Immutable.
 */
final class RefusalCorrectness implements Scorer {

    @Override
    public String name() {
        return "refusal correctness";
    }

    @Override
    public ScoreScale scale() {
        return ScoreScale.yesNoScale();
    }

    @Override
    public String measures() {
        return "1 when an answerable question was answered or an unanswerable one refused, else 0";
    }

    @Override
    public String blindTo() {
        return "whether the answer is right, and refusals in unusual words; a subject that always answers scores the share"
                + " of answerable questions";
    }

    @Override
    public String agreement() {
        return Refusal.AGREEMENT;
    }

    @Override
    public Score score(Question question, Answer answer) {
        return Score.of(Refusal.is(answer.text()) == question.isAnswerable() ? 0 : 1);
    }
}

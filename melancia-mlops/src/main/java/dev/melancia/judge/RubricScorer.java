package dev.melancia.judge;

import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import dev.melancia.scorer.Score;
import dev.melancia.scorer.ScoreScale;
import dev.melancia.scorer.Scorer;

/** A judge's grade as a score: {@code (grade - 1) / 4}. Thread-safe when the judge's model is. */
final class RubricScorer implements Scorer {

    private static final double STEPS = 4;

    private final Rubric rubric;
    private final JudgeCalls calls;
    private final Judge.Language language;

    RubricScorer(Rubric rubric, JudgeCalls calls, Judge.Language language) {
        this.rubric = rubric;
        this.calls = calls;
        this.language = language;
    }

    @Override
    public String name() {
        return "judge: " + rubric.name();
    }

    @Override
    public ScoreScale scale() {
        return ScoreScale.unit();
    }

    @Override
    public String measures() {
        return "A model's grade from 1 to 5 by the rubric " + rubric.name() + ", mapped to (grade - 1) / 4";
    }

    @Override
    public String blindTo() {
        return "what the judge's model does not know; judges tend to favour long answers and those of their own model";
    }

    @Override
    public String agreement() {
        return "not measured; measure it with your labels, see Judge.agreementOnGrades";
    }

    @Override
    public boolean isCostly() {
        return true;
    }

    @Override
    public String fingerprint() {
        return String.join(
                "\n",
                name(),
                calls.fingerprint(),
                language.name(),
                "reference " + rubric.showsReference() + ", context " + rubric.showsContext(),
                rubric.criteria());
    }

    @Override
    public Score score(Question question, Answer answer) {
        JudgeCalls.Verdict verdict =
                calls.ask(JudgePrompt.grade(language, rubric, question, answer), Verdicts.grades());
        return verdict.value()
                .map(grade -> Score.of((Integer.parseInt(grade) - 1) / STEPS))
                .orElseGet(() -> Score.failed(verdict.problem()));
    }
}

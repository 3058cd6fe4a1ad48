package dev.melancia.tracking;

import dev.melancia.benchmark.Outcome;
import dev.melancia.mlflow.trace.Assessment;
import dev.melancia.mlflow.trace.AssessmentSource;
import dev.melancia.scorer.CompositeScorer;
import dev.melancia.scorer.EmbeddingScorer;
import dev.melancia.scorer.Question;
import dev.melancia.scorer.Score;
import dev.melancia.scorer.ScoreScale;
import dev.melancia.scorer.Scorer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What scorers said of an answer, and what was expected. A value is feedback, true or false on a yes/no scale where yes is good; a scorer that
 * failed is an error; one that does not apply, or had no answer to score, says nothing. Immutable.
 *
 * @param names one for each scorer, as its metrics are called
 * @param dataset whose people know the right answers
 */
record AnswerAssessments(List<Scorer> scorers, List<String> names, String dataset, TraceContent content) {

    /** The name under which MLflow's own judges look for it. */
    private static final String EXPECTED = "expected_response";

    List<Assessment> of(String runId, String traceId, Outcome outcome) {
        List<Assessment> all = new ArrayList<>();
        for (int i = 0; i < scorers.size(); i++) {
            Scorer scorer = scorers.get(i);
            Score score = outcome.score(scorer.name());
            if (!(score instanceof Score.NotApplicable)) {
                Assessment.Builder said = builder(traceId, names.get(i), source(scorer, names.get(i)));
                tell(said, scorer, score);
                all.add(said.run(runId).time(AnswerTrace.end(outcome)).build());
            }
        }
        expected(traceId, outcome.question())
                .ifPresent(expected -> all.add(
                        expected.run(runId).time(AnswerTrace.end(outcome)).build()));
        return all;
    }

    private void tell(Assessment.Builder said, Scorer scorer, Score score) {
        if (score instanceof Score.Failed) {
            said.error("SCORER_ERROR", content == TraceContent.TEXTS ? score.reason() : "the scorer failed");
        } else {
            double value = score.value().orElseThrow();
            if (isPass(scorer.scale())) {
                said.feedback(value == 1);
            } else {
                said.feedback(value);
            }
        }
    }

    /** MLflow shows true as passed and false as failed. */
    private static boolean isPass(ScoreScale scale) {
        return scale.yesNo() && scale.higherIsBetter();
    }

    /** One, and no more: MLflow shows ten columns at first, and every expectation takes the place of a score. */
    private Optional<Assessment.Builder> expected(String traceId, Question question) {
        List<String> references = question.references();
        if (content != TraceContent.TEXTS || references.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(builder(traceId, EXPECTED, AssessmentSource.human(Texts.name(dataset, "dataset")))
                .expectation(references.size() == 1 ? references.get(0) : Texts.array(references)));
    }

    private static Assessment.Builder builder(String traceId, String name, AssessmentSource source) {
        String id = Assessment.idOf(Texts.array(List.of(traceId, source.kind().name(), name)));
        return Assessment.builder(id, name, source);
    }

    private static AssessmentSource source(Scorer scorer, String name) {
        return isJudge(scorer) ? AssessmentSource.judge(name) : AssessmentSource.code(name);
    }

    /** Paid for each score, and not for an embedding: then a model judges. */
    private static boolean isJudge(Scorer scorer) {
        if (scorer instanceof CompositeScorer composite) {
            return composite.parts().stream().anyMatch(part -> isJudge(part.scorer()));
        }
        return scorer.isCostly() && !(scorer instanceof EmbeddingScorer);
    }
}

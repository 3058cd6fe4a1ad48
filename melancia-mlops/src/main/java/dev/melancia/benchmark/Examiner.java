package dev.melancia.benchmark;

import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import dev.melancia.scorer.Score;
import dev.melancia.scorer.Scorer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Scores one answer. Thread-safe. */
final class Examiner {

    private final List<Scorer> scorers;
    private final RunLog log;

    Examiner(List<Scorer> scorers, RunLog log) {
        this.scorers = scorers;
        this.log = log;
    }

    /** The outcome with the scores of all scorers, in their order; a score that was paid before is not paid again. */
    Outcome.Answered score(String subject, Outcome.Answered answered) {
        Question question = answered.question();
        CallKey key = new CallKey(subject, question.id(), answered.call().repeat());
        Map<String, Score> scores = new LinkedHashMap<>();
        for (Scorer scorer : scorers) {
            scores.put(
                    scorer.name(),
                    scorer.isCostly() ? paid(scorer, key, answered) : score(scorer, question, answered.answer()));
        }
        return new Outcome.Answered(question, answered.answer(), answered.call(), scores);
    }

    private Score paid(Scorer scorer, CallKey key, Outcome.Answered answered) {
        Optional<Score> kept = log.score(scorer, key, answered);
        if (kept.isPresent()) {
            return kept.get();
        }
        Score score = score(scorer, answered.question(), answered.answer());
        if (!(score instanceof Score.Failed)) {
            log.scored(scorer, key, answered, score).ifPresent(shortage -> {
                throw shortage;
            });
        }
        return score;
    }

    private static Score score(Scorer scorer, Question question, Answer answer) {
        try {
            Score score = scorer.score(question, answer);
            if (score == null) {
                return Score.failed("the scorer returned null");
            }
            double value = score.value().orElse(scorer.scale().low());
            return score.value().isEmpty() || scorer.scale().admits(value)
                    ? score
                    : Score.failed("value " + value + " is outside the scale " + scorer.scale());
        } catch (RuntimeException e) {
            return Score.failed("the scorer threw " + e.getClass().getSimpleName());
        }
    }
}

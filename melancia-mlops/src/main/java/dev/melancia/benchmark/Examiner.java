package dev.melancia.benchmark;

import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import dev.melancia.scorer.Score;
import dev.melancia.scorer.Scorer;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one question and scores the answer, on the worker's thread; the clock runs during the call alone. */
final class Examiner {

    private static final Logger LOG = LoggerFactory.getLogger(Benchmark.class);

    private final List<Scorer> scorers;
    private final LongSupplier nanoTicker;
    private final InstantSource clock;

    Examiner(List<Scorer> scorers, LongSupplier nanoTicker, InstantSource clock) {
        this.scorers = scorers;
        this.nanoTicker = nanoTicker;
        this.clock = clock;
    }

    Outcome examine(Subject subject, Question question) {
        long start = nanoTicker.getAsLong();
        try {
            Answer answer = subject.answer(Ask.of(question));
            long latency = nanoTicker.getAsLong() - start;
            if (answer == null) {
                throw new IllegalStateException("subject " + subject.name() + " returned null instead of an answer");
            }
            return new Outcome.Answered(question, answer, facts(latency), scores(question, answer));
        } catch (Exception e) {
            restoreInterrupt(e);
            LOG.atDebug()
                    .addKeyValue("subject", subject.name())
                    .addKeyValue("question", question.id())
                    .addKeyValue("error", e.getClass().getName())
                    .log("benchmark question failed");
            return Failures.outcome(question, facts(nanoTicker.getAsLong() - start), e);
        }
    }

    private CallFacts facts(long latencyNanos) {
        return new CallFacts(0, 1, clock.instant(), Math.max(0, latencyNanos));
    }

    private static void restoreInterrupt(Exception e) {
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, Score> scores(Question question, Answer answer) {
        Map<String, Score> scores = new LinkedHashMap<>();
        scorers.forEach(scorer -> scores.put(scorer.name(), score(scorer, question, answer)));
        return scores;
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

package dev.melancia.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {

    private static final Question QUESTION = Question.of("q", "Qual?", "x");
    private static final CallFacts CALL = new CallFacts(0, 1, Instant.EPOCH, 1);
    private static final Outcome ANSWERED = new Outcome.Answered(QUESTION, Answer.of("x"), CALL, Map.of());
    private static final Outcome FAILED = new Outcome.Failed(QUESTION, CALL, "TimeoutException", "");

    private final AtomicLong time = new AtomicLong();
    private final StringBuilder out = new StringBuilder();

    @Test
    void printsALineAtMostEverySecondAndTheLast() {
        ProgressLines lines = new ProgressLines(out, time::get);

        lines.subjectStarted("phi3", 5);
        for (int done = 1; done <= 5; done++) {
            time.addAndGet(400_000_000);
            lines.questionDone("phi3", done == 2 ? FAILED : ANSWERED, done, 5);
        }

        assertThat(out.toString().lines())
                .containsExactly(
                        "phi3: 5 questions",
                        "phi3: 3/5, 1 failed, 1.2 s, about 1 s left",
                        "phi3: 5/5, 1 failed, 2.0 s, done");
    }
}

package dev.melancia.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.cost.Cost;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {

    private final AtomicLong time = new AtomicLong();
    private final StringBuilder out = new StringBuilder();
    private final ProgressLines lines = new ProgressLines(out, time::get);

    @Test
    void printsALineAtMostEverySecondAndTheLast() {
        lines.subjectStarted("phi3", 5);
        for (int done = 1; done <= 5; done++) {
            time.addAndGet(400_000_000);
            lines.progressed(progress(done, 0));
        }

        assertThat(out.toString().lines())
                .containsExactly(
                        "phi3: 5 questions",
                        "3/5, 1 failed, 1.2 s, 0.000003 USD, about 0.8 s left",
                        "5/5, 1 failed, 2.0 s, 0.000003 USD, done");
    }

    @Test
    void anUnknownCostMakesTheSumALowerBound() {
        lines.progressed(progress(5, 2));

        assertThat(out.toString()).contains("at least 0.000003 USD, 2 answers of unknown cost");
    }

    @Test
    void whatHappensSeldomIsPrintedAtOnce() {
        lines.paused("gpt", Duration.ofSeconds(30));
        lines.costUnknown("phi3");
        lines.budgetSpent("gpt", 12);

        assertThat(out.toString().lines())
                .containsExactly(
                        "gpt: its server asks to come back in 30.0 s",
                        "phi3: costs are not known, the budget cannot hold for it",
                        "gpt: the budget allows no further call, 12 questions are not asked");
    }

    private BenchmarkListener.Progress progress(int done, int unknown) {
        Duration elapsed = Duration.ofNanos(time.get());
        return new BenchmarkListener.Progress(
                done,
                5,
                1,
                elapsed,
                Optional.of(elapsed.dividedBy(done).multipliedBy(5 - done)),
                new BenchmarkListener.Spent(Cost.knownPicoUsd(3_000_000), unknown));
    }
}

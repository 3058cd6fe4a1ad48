package dev.melancia.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryAfterTest {

    private static final long SECOND = 1_000_000_000;

    private final HandCrew crew = new HandCrew(3);
    private final List<Duration> pauses = new ArrayList<>();
    private final Map<String, Integer> asked = new HashMap<>();
    private final List<Long> askedAt = new ArrayList<>();

    @Test
    void theSubjectPausesForAsLongAsItsServerAsksAndTheQuestionIsAskedAgain() {
        SubjectResult result = run(1, new Asked("s", Placement.remote(1), ask -> {
            askedAt.add(crew.nanoTime());
            crew.pass(5);
            if (asked.merge(ask.question().id(), 1, Integer::sum) < 3) {
                throw new IllegalStateException("wrapped", new RetryLater(7));
            }
            return Answer.of("x");
        }));

        assertThat(pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(7));
        assertThat(askedAt.get(1) - askedAt.get(0)).isBetween(7 * SECOND, 7 * SECOND + SECOND / 10);
        Outcome outcome = result.outcomes().get(0);
        assertThat(outcome.call().attempts()).isEqualTo(3);
        assertThat(outcome.latencyNanos()).isEqualTo(5);
        assertThat(outcome.reply()).isPresent();
    }

    @Test
    void allWorkersOfTheSubjectPauseAndNoOtherSubjectDoes() {
        List<String> duringPause = new ArrayList<>();
        long[] until = {0};
        Subject limited = new Asked("limited", Placement.remote(3), ask -> {
            duringPause.add(crew.nanoTime() < until[0] ? "in the pause" : "outside");
            if (asked.merge("all", 1, Integer::sum) == 5) {
                until[0] = crew.nanoTime() + 30 * SECOND;
                throw new RetryLater(30);
            }
            return Answer.of("x");
        });
        List<Long> others = new ArrayList<>();
        Subject other = new Asked("other", Placement.local(), ask -> {
            others.add(crew.nanoTime());
            return Answer.of("x");
        });

        BenchmarkResult result = run(benchmark(20).subject(limited).subject(other));

        assertThat(duringPause.stream().filter("in the pause"::equals).count())
                .as("calls that were under way when the pause began")
                .isLessThanOrEqualTo(2);
        assertThat(others).hasSize(20).allSatisfy(at -> assertThat(at).isLessThan(30 * SECOND));
        assertThat(result.subjects().get(0).outcomes())
                .hasSize(20)
                .allSatisfy(outcome -> assertThat(outcome.reply()).isPresent());
    }

    @Test
    void aSubjectThatWaitsHoldsItsMachineSoThatModelsDoNotSwap() {
        Subject waiting = new Asked("waiting", Placement.local(), ask -> {
            if (asked.merge(ask.question().id(), 1, Integer::sum) == 1) {
                throw new RetryLater(1);
            }
            return Answer.of("x");
        });

        run(benchmark(3).subject(waiting).subject(new Asked("next", Placement.local(), ask -> Answer.of("x"))));

        assertThat(crew.started())
                .extracting(call -> call.subject().name())
                .containsExactly(
                        "waiting", "waiting", "waiting", "waiting", "waiting", "waiting", "next", "next", "next");
    }

    @Test
    void theFifthRefusalIsAFailure() {
        SubjectResult result = run(1, new Asked("s", Placement.local(), ask -> {
            throw new RetryLater(1);
        }));

        assertThat(pauses).hasSize(4);
        assertThat(result.outcomes().get(0).call().attempts()).isEqualTo(5);
        assertThat(result.outcomes().get(0)).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void aPauseIsAMinuteAtMostAndNeverNegative() {
        run(1, new Asked("s", Placement.local(), ask -> {
            int times = asked.merge(ask.question().id(), 1, Integer::sum);
            if (times == 1) {
                throw new RetryLater(86_400);
            }
            if (times == 2) {
                throw new RetryLater(-5);
            }
            return Answer.of("x");
        }));

        assertThat(pauses).containsExactly(Duration.ofMinutes(1), Duration.ZERO);
    }

    @Test
    void otherErrorsAreNotAskedAgain() {
        IllegalStateException circle = new IllegalStateException("a", new IllegalStateException("b"));
        circle.getCause().initCause(circle);
        SubjectResult result = run(2, new Asked("s", Placement.local(), ask -> {
            asked.merge("all", 1, Integer::sum);
            throw circle;
        }));

        assertThat(pauses).isEmpty();
        assertThat(asked).containsEntry("all", 2);
        assertThat(result.outcomes()).allSatisfy(outcome -> {
            assertThat(outcome.reply()).isEmpty();
            assertThat(outcome.call().attempts()).isEqualTo(1);
        });
    }

    @Test
    void aWarmUpWaitsToo() {
        BenchmarkResult result = run(benchmark(1).warmUp(1).subject(new Asked("s", Placement.local(), ask -> {
            if (asked.merge(ask.question().id(), 1, Integer::sum) == 1
                    && ask.question().id().equals("warm-up")) {
                throw new RetryLater(2);
            }
            return Answer.of("x");
        })));

        assertThat(pauses).containsExactly(Duration.ofSeconds(2));
        assertThat(result.subjects().get(0).warmUps()).hasSize(1);
        assertThat(result.subjects().get(0).warmUps().get(0).call().attempts()).isEqualTo(2);
    }

    private SubjectResult run(int questions, Subject subject) {
        return run(benchmark(questions).subject(subject)).subjects().get(0);
    }

    private BenchmarkResult run(Benchmark.Builder benchmark) {
        return benchmark
                .listener(new BenchmarkListener() {
                    @Override
                    public void paused(String subject, Duration pause) {
                        pauses.add(pause);
                    }
                })
                .build()
                .run();
    }

    private Benchmark.Builder benchmark(int questions) {
        return Benchmark.builder()
                .dataset(Dataset.of(
                        "d",
                        IntStream.range(0, questions)
                                .mapToObj(i -> Question.of("q" + i, "Qual " + i + "?", "x"))
                                .toList()))
                .warmUp(0)
                .crew(crew)
                .nanoTicker(crew::nanoTime);
    }
}

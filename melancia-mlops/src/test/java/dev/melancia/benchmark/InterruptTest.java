package dev.melancia.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.melancia.MelanciaException;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import dev.melancia.scorer.Score;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptTest {

    private final Queue<String> answered = new ConcurrentLinkedQueue<>();

    @TempDir
    Path folder;

    @AfterEach
    void clearTheFlag() {
        Thread.interrupted();
    }

    @Test
    void anInterruptedThreadAsksNothingAndSaysHowToGoOn() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> benchmark(new Asked("s", Placement.local(), ask -> Answer.of("x")))
                        .crew(new HandCrew(1))
                        .build()
                        .run())
                .isInstanceOf(MelanciaException.class)
                .hasMessage("benchmark interrupted after 0 of 20 calls; run it again with the same folder to go on");
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void whatIsUnderWayIsInDoubtAndWhatAnswersAllTheSameIsKept() throws InterruptedException {
        CountDownLatch underWay = new CountDownLatch(3);
        Subject subject = new Asked("s", Placement.remote(3), ask -> {
            underWay.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                if (underWay.getCount() == 0 && answered.isEmpty()) {
                    answered.add(ask.question().id());
                    return Answer.of("in time");
                }
                throw e;
            }
            return Answer.of("never");
        });
        AtomicReference<Throwable> error = new AtomicReference<>();
        Thread runner =
                new Thread(() -> error.set(catchThrowable(benchmark(subject).build()::run)));
        runner.start();
        assertThat(underWay.await(10, TimeUnit.SECONDS)).isTrue();

        runner.interrupt();
        runner.join(20_000);

        assertThat(error.get()).isInstanceOf(MelanciaException.class).hasMessageContaining("of 20 calls; run it again");
        BenchmarkResult kept = BenchmarkResult.load(folder);
        assertThat(kept.endedBy()).isEqualTo(BenchmarkResult.EndedBy.STOPPED);
        assertThat(kept.subjects().get(0).outcomes())
                .as("calls that were given up are no failures")
                .allSatisfy(outcome -> assertThat(outcome.reply()).isPresent())
                .hasSameSizeAs(answered);
        assertThat(kept.inDoubt()).isEqualTo(3 - answered.size());
        Queue<String> asked = new ConcurrentLinkedQueue<>();
        BenchmarkResult result = benchmark(new Asked("s", Placement.remote(3), ask -> {
                    asked.add(ask.question().id());
                    return Answer.of("x");
                }))
                .build()
                .run();
        assertThat(asked).hasSize(20 - answered.size()).doesNotContainAnyElementsOf(answered);
        assertThat(result.unasked()).isZero();
    }

    @Test
    void scoringThatIsInterruptedGoesOnWithoutACall() {
        Thread[] runner = {Thread.currentThread()};
        CostlyScorer interrupting = new CostlyScorer("judge", (question, answer) -> {
            runner[0].interrupt();
            return Score.of(1);
        });
        Subject subject = new Asked("s", Placement.local(), ask -> {
            answered.add(ask.question().id());
            return Answer.of("x");
        });

        assertThatThrownBy(() -> benchmark(subject).scorer(interrupting).build().run())
                .isInstanceOf(MelanciaException.class)
                .hasMessage("benchmark interrupted while scoring; run it again with the same folder to go on");
        assertThat(Thread.interrupted()).isTrue();
        CostlyScorer judge = new CostlyScorer("judge", (question, answer) -> Score.of(1));
        assertThat(benchmark(subject)
                        .scorer(judge)
                        .build()
                        .run()
                        .subjects()
                        .get(0)
                        .outcomes())
                .allSatisfy(outcome -> assertThat(outcome.score("judge")).isEqualTo(Score.of(1)));
        assertThat(answered).hasSize(20);
    }

    private Benchmark.Builder benchmark(Subject subject) {
        return Benchmark.builder()
                .dataset(Dataset.of(
                        "d",
                        IntStream.range(0, 20)
                                .mapToObj(i -> Question.of("q" + i, "Qual " + i + "?", "x"))
                                .toList()))
                .warmUp(0)
                .folder(folder)
                .subject(subject);
    }
}

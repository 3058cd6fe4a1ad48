package dev.melancia.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.melancia.MelanciaException;
import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import dev.melancia.scorer.Score;
import dev.melancia.scorer.ScoreScale;
import dev.melancia.scorer.Scorer;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkConcurrencyTest {

    private static final Dataset DATASET = Dataset.of(
            "d",
            IntStream.range(0, 12)
                    .mapToObj(i -> Question.of("q" + i, "Qual?", "x"))
                    .toList());

    @Test
    void asManyQuestionsAreUnderWayAsTheConcurrencySaysAndNoMore() {
        CyclicBarrier barrier = new CyclicBarrier(4);
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        FakeSubject subject = new FakeSubject("s", Placement.remote(4), question -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            meet(barrier);
            underWay.decrementAndGet();
            return Answer.of("x");
        });

        BenchmarkReport report = BenchmarkReport.of(Benchmark.builder()
                .dataset(DATASET)
                .subject(subject)
                .warmUp(0)
                .build()
                .run());

        assertThat(most).hasValue(4);
        assertThat(report.subject("s").failures().successes()).isZero();
    }

    @Test
    void whatManyWorkersAnswerIsAllKeptAndAskedOnce(@TempDir Path folder) {
        Queue<String> asked = new ConcurrentLinkedQueue<>();
        List<Question> questions = IntStream.range(0, 400)
                .mapToObj(i -> Question.builder("q" + i, "Qual?")
                        .conversation("c" + i % 37)
                        .build())
                .toList();
        Benchmark.Builder benchmark = Benchmark.builder()
                .dataset(Dataset.of("d", questions))
                .folder(folder)
                .maxConcurrency(20)
                .scorer(Scorer.of("turns", ScoreScale.unit(), (question, answer) -> Score.notApplicable("")));
        for (Placement placement : List.of(Placement.remote(16), Placement.remote(8), Placement.on("gpu", 4))) {
            String name = placement.toString();
            benchmark.subject(new Asked(name, placement, ask -> {
                asked.add(name + ask.question().id());
                return Answer.of(ask.question().id() + " after " + ask.earlier().size());
            }));
        }

        benchmark.build().run();

        assertThat(asked).doesNotHaveDuplicates().hasSize(3 * 400 + 3);
        assertThat(BenchmarkResult.load(folder, List.of()).subjects())
                .allSatisfy(subject -> assertThat(subject.outcomes())
                        .hasSize(400)
                        .allSatisfy(outcome -> assertThat(
                                        outcome.reply().orElseThrow().text())
                                .isEqualTo(outcome.question().id() + " after "
                                        + Integer.parseInt(
                                                        outcome.question().id().substring(1))
                                                / 37)));
    }

    private static void meet(CyclicBarrier barrier) throws InterruptedException, BrokenBarrierException {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("fewer calls under way than the concurrency", e);
        }
    }

    @Test
    void interruptingTheRunStopsTheCallsUnderWayAndEndsTheThreads() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(2);
        AtomicInteger interrupted = new AtomicInteger();
        FakeSubject hanging = new FakeSubject("s", Placement.remote(2), question -> {
            if (question.id().equals("warm-up")) {
                return Answer.of("pronto");
            }
            asked.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
                throw e;
            }
            return Answer.of("x");
        });
        AtomicReference<Throwable> error = new AtomicReference<>();
        AtomicBoolean flag = new AtomicBoolean();
        Benchmark benchmark =
                Benchmark.builder().dataset(DATASET).subject(hanging).warmUp(1).build();
        Thread runner = new Thread(() -> {
            error.set(catchThrowable(benchmark::run));
            flag.set(Thread.currentThread().isInterrupted());
        });
        runner.start();
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

        runner.interrupt();
        runner.join(10_000);

        assertThat(error.get())
                .isInstanceOf(MelanciaException.class)
                .hasMessageStartingWith("benchmark interrupted after 0 of 12 calls");
        assertThat(flag).isTrue();
        await().until(() -> interrupted.get() == 2);
        await().until(() -> hanging.threads().stream().noneMatch(Thread::isAlive));
    }

    @Test
    void oneBenchmarkRunsInSeveralThreadsAtOnce() {
        Benchmark benchmark = Benchmark.builder()
                .dataset(DATASET)
                .subject(new FakeSubject("s", Placement.remote(2), question -> Answer.of("x")))
                .build();

        List<BenchmarkReport> reports = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> BenchmarkReport.of(benchmark.run()))
                .toList();

        assertThat(reports)
                .allSatisfy(report ->
                        assertThat(report.subject("s").metric("token F1").n()).isEqualTo(12));
    }
}

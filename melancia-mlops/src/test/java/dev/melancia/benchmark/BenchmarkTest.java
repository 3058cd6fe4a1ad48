package dev.melancia.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.Metric;
import dev.melancia.analysis.SubjectReport;
import dev.melancia.cost.Cost;
import dev.melancia.cost.TokenCounts;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import dev.melancia.scorer.Score;
import dev.melancia.scorer.ScoreScale;
import dev.melancia.scorer.Scorer;
import dev.melancia.scorer.Scorers;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BenchmarkTest {

    private static final Answer RIGHT = Answer.of("resposta certa");

    private final AtomicLong time = new AtomicLong();

    @Test
    void everySubjectAnswersEveryQuestionOnceInTheReportsOrder() {
        FakeSubject one = new FakeSubject("one", Placement.remote(3), question -> RIGHT);
        FakeSubject two = new FakeSubject("two", question -> Answer.of("outra"));

        BenchmarkReport report = BenchmarkReport.of(benchmark(20)
                .subject(one)
                .subject(two)
                .scorer(Scorers.tokenF1())
                .build()
                .run());

        assertThat(one.asked()).hasSize(21).doesNotHaveDuplicates();
        assertThat(report.subject("one").outcomes())
                .extracting(outcome -> outcome.question().id())
                .containsExactlyElementsOf(
                        report.dataset().questions().stream().map(Question::id).toList());
        assertThat(report.subject("one").metric("token F1").mean()).hasValue(1);
        assertThat(report.subject("two").metric("token F1").mean()).hasValue(0);
        assertThat(report.result().startedAt()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void failuresAreOutcomesAndLeaveTheOthersToCount() {
        AtomicInteger calls = new AtomicInteger();
        FakeSubject flaky = new FakeSubject("flaky", question -> {
            if (question.id().endsWith("7") && calls.incrementAndGet() <= 3) {
                throw new IllegalStateException("401 for key sk-abcdef123456, Bearer abc.def");
            }
            return RIGHT;
        });

        SubjectReport report =
                BenchmarkReport.of(benchmark(60).subject(flaky).build().run()).subject("flaky");

        assertThat(report.failures()).hasToString("0.05 [0.02, 0.14], 3 of 60");
        assertThat(report.metric("token F1").n()).isEqualTo(57);
        assertThat(report.metric("latency").n()).isEqualTo(57);
        assertThat(report.outcomes().stream().filter(Outcome.Failed.class::isInstance))
                .allSatisfy(outcome -> {
                    Outcome.Failed failed = (Outcome.Failed) outcome;
                    assertThat(failed.error()).isEqualTo("IllegalStateException");
                    assertThat(failed.message()).isEqualTo("401 for key ***, Bearer ***");
                });
    }

    @Test
    void aSubjectThatAlwaysFailsHasUnknownMeans() {
        SubjectReport report = BenchmarkReport.of(benchmark(3)
                        .subject(new FakeSubject("dead", question -> {
                            throw new java.net.ConnectException();
                        }))
                        .build()
                        .run())
                .subject("dead");

        assertThat(report.failures().rate()).hasValue(1);
        assertThat(report.metric("token F1").mean()).isEmpty();
        assertThat(report.metric("latency").median().value()).isEmpty();
        assertThat(report.cost().total()).isEqualTo(Cost.unknown());
    }

    @Test
    void warmUpCallsStayOutsideTheRecord() {
        AtomicInteger calls = new AtomicInteger();
        FakeSubject slowToLoad = new FakeSubject("local", question -> {
            time.addAndGet(calls.incrementAndGet() == 1 ? 90_000_000_000L : 1_000_000_000L);
            return RIGHT;
        });

        SubjectReport report = BenchmarkReport.of(
                        benchmark(5).subject(slowToLoad).warmUp(2).build().run())
                .subject("local");

        assertThat(slowToLoad.asked()).hasSize(7);
        assertThat(slowToLoad.asked().subList(0, 2)).containsOnly("warm-up");
        assertThat(report.outcomes()).extracting(Outcome::latencyNanos).containsOnly(1_000_000_000L);
    }

    @Test
    void scoringIsNotLatency() {
        Scorer slow = Scorer.of("slow", ScoreScale.unit(), (question, answer) -> {
            time.addAndGet(5_000_000_000L);
            return Score.of(1);
        });
        FakeSubject subject = new FakeSubject("s", question -> {
            time.addAndGet(10);
            return RIGHT;
        });

        SubjectReport report = BenchmarkReport.of(
                        benchmark(4).subject(subject).scorer(slow).build().run())
                .subject("s");

        assertThat(report.outcomes()).extracting(Outcome::latencyNanos).containsOnly(10L);
    }

    @Test
    void orderIsShuffledBySeedTheSameForEverySubject() {
        assertThat(order(1))
                .isEqualTo(order(1))
                .isNotEqualTo(order(2))
                .isNotEqualTo(questions(30).stream().map(Question::id).toList());
        FakeSubject one = new FakeSubject("one", question -> RIGHT);
        FakeSubject two = new FakeSubject("two", question -> RIGHT);

        benchmark(30).subject(one).subject(two).build().run();

        assertThat(one.asked()).isEqualTo(two.asked());
    }

    private List<String> order(long seed) {
        FakeSubject subject = new FakeSubject("s", question -> RIGHT);
        benchmark(30).subject(subject).warmUp(0).seed(seed).build().run();
        return subject.asked();
    }

    @Test
    void brokenScorersAreCountedApart() {
        Scorer throwing = scorer("throwing", answer -> {
            throw new IllegalStateException("no");
        });
        Scorer tooHigh = scorer("too high", answer -> Score.of(1.5));
        Scorer nothing = scorer("nothing", answer -> null);

        SubjectReport report = BenchmarkReport.of(benchmark(3)
                        .subject(new FakeSubject("s", question -> RIGHT))
                        .scorer(throwing)
                        .scorer(tooHigh)
                        .scorer(nothing)
                        .build()
                        .run())
                .subject("s");

        assertThat(report.metrics(Metric.Kind.QUALITY)).allSatisfy(metric -> {
            assertThat(metric.failed()).isEqualTo(3);
            assertThat(metric.n()).isZero();
        });
        assertThat(report.outcomes().get(0).score("too high"))
                .isEqualTo(Score.failed("value 1.5 is outside the scale 0 to 1, higher is better"));
    }

    private static Scorer scorer(String name, java.util.function.Function<Answer, Score> function) {
        return Scorer.of(name, ScoreScale.unit(), (question, answer) -> function.apply(answer));
    }

    @Test
    void tokensAndCostOfSomeCallsUnknownMakeTheTotalUnknown() {
        Answer counted = Answer.builder("x")
                .tokens(TokenCounts.of(100, 20))
                .cost(Cost.knownPicoUsd(3_000_000))
                .build();
        SubjectReport report = BenchmarkReport.of(benchmark(10)
                        .subject(new FakeSubject("s", question -> question.id().equals("q4") ? RIGHT : counted))
                        .build()
                        .run())
                .subject("s");

        assertThat(report.metric("input tokens").values()).isEqualTo(9);
        assertThat(report.metric("input tokens").notApplicable()).isEqualTo(1);
        assertThat(report.metric("output tokens").mean()).hasValue(20);
        assertThat(report.metric("cost").mean()).isEmpty();
        assertThat(report.cost().total()).isEqualTo(Cost.unknown());
        assertThat(report.cost().sumOfKnown()).isEqualTo(Cost.knownPicoUsd(27_000_000));
        assertThat(report.cost().usdPerKnownCall().orElseThrow()).isEqualByComparingTo("0.000003");
    }

    @Test
    void yesNoScoresGetAnIntervalOfARate() {
        SubjectReport report = BenchmarkReport.of(benchmark(10)
                        .subject(new FakeSubject("s", question -> RIGHT))
                        .build()
                        .run())
                .subject("s");

        assertThat(report.metric("refusal correctness").interval().orElseThrow().low())
                .isBetween(.7224, .7225);
        assertThat(report.metric("source hit@5").notApplicable()).isEqualTo(10);
    }

    @Test
    void listenersSeeEveryQuestionAndCannotBreakTheRun() {
        List<Integer> done = new ArrayList<>();
        BenchmarkListener counting = new BenchmarkListener() {
            @Override
            public void questionDone(String subject, Outcome outcome, int number, int questions) {
                done.add(number);
                throw new IllegalStateException("listener");
            }
        };

        benchmark(5)
                .subject(new FakeSubject("s", Placement.remote(4), question -> RIGHT))
                .listener(counting)
                .build()
                .run();

        assertThat(done).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void progressGoesToTheGivenWriter() {
        StringBuilder out = new StringBuilder();

        benchmark(7)
                .subject(new FakeSubject("ollama/phi3:mini", question -> RIGHT))
                .progress(out)
                .build()
                .run();

        assertThat(out.toString().lines())
                .startsWith("ollama/phi3:mini: 7 questions")
                .endsWith("7/7, 0 failed, 0.0 s, at least 0 USD, 8 answers of unknown cost, done");
    }

    @Test
    void workersAreDaemonsNamedAfterTheBenchmark() {
        FakeSubject subject = new FakeSubject("s", question -> RIGHT);

        benchmark(5).subject(subject).build().run();

        assertThat(subject.threads()).allSatisfy(thread -> {
            assertThat(thread.getName()).startsWith("melancia-benchmark-");
            assertThat(thread.isDaemon()).isTrue();
        });
        Set<Thread> distinct = Set.copyOf(subject.threads());
        assertThat(distinct.stream().map(Thread::getName).collect(Collectors.toSet()))
                .hasSize(1);
    }

    @Test
    void errorsOfTheMachineAreNotTakenForAModelsFailure() {
        FakeSubject broken = new FakeSubject("s", question -> {
            throw new NoClassDefFoundError("missing");
        });

        assertThatThrownBy(() -> benchmark(3).subject(broken).build().run())
                .isInstanceOf(NoClassDefFoundError.class)
                .hasMessage("missing");
    }

    @Test
    void rejectsWhatCannotRun() {
        FakeSubject subject = new FakeSubject("s", question -> RIGHT);

        assertThatThrownBy(() -> Benchmark.builder().subject(subject).build())
                .hasMessage("a benchmark needs a dataset; call dataset(Dataset.read(file))");
        assertThatThrownBy(() -> benchmark(1).build())
                .hasMessage("a benchmark needs a subject; call subject(Subject.of(id, model))");
        assertThatThrownBy(() -> benchmark(1).subject(subject).maxConcurrency(0).build())
                .hasMessage("maxConcurrency must be in [1, 1024], was 0");
        assertThatThrownBy(() -> benchmark(1).subject(subject).repeats(0).build())
                .hasMessage("repeats must be in [1, 1000], was 0");
        assertThatThrownBy(() -> benchmark(1)
                        .subject(subject)
                        .mode(Benchmark.Mode.QUICK)
                        .repeats(2)
                        .build())
                .hasMessageStartingWith("repeats must be 1 in quick mode, was 2");
        assertThatThrownBy(() -> benchmark(1).budgetUsd(BigDecimal.ZERO))
                .hasMessage("budgetUsd must be above 0, was 0; leave it out for no limit");
        assertThatThrownBy(() -> benchmark(1).subject(subject).warmUp(-1).build())
                .hasMessage("warmUp must be at least 0, was -1");
        assertThatThrownBy(() -> benchmark(1).subject(subject).subject(subject).build())
                .hasMessage("subject names must be unique in a benchmark, repeated was \"s\"");
        assertThatThrownBy(() -> benchmark(1)
                        .subject(subject)
                        .scorer(Scorers.tokenF1())
                        .scorer(Scorers.tokenF1())
                        .build())
                .hasMessage("scorer names must be unique in a benchmark, repeated was \"token F1\"");
    }

    private Benchmark.Builder benchmark(int questions) {
        return Benchmark.builder()
                .dataset(Dataset.of("d", questions(questions)))
                .nanoTicker(time::get)
                .clock(InstantSource.fixed(Instant.EPOCH));
    }

    private static List<Question> questions(int n) {
        return IntStream.range(0, n)
                .mapToObj(i -> Question.of("q" + i, "Qual é a número " + i + "?", "resposta certa"))
                .toList();
    }
}

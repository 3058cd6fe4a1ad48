package dev.melancia.analysis;

import static dev.melancia.analysis.ScriptedRun.QUALITY;
import static dev.melancia.analysis.ScriptedRun.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.melancia.benchmark.Benchmark;
import dev.melancia.benchmark.Dataset;
import dev.melancia.benchmark.Subject;
import dev.melancia.cost.Cost;
import dev.melancia.cost.TokenCounts;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import dev.melancia.scorer.Score;
import dev.melancia.scorer.ScoreScale;
import dev.melancia.scorer.Scorer;
import dev.melancia.stats.Interval;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetricSummaryTest {

    private static final long SECOND = 1_000_000_000L;

    private static List<Question> grouped(int n, int perGroup) {
        return IntStream.range(0, n)
                .mapToObj(i -> Question.builder("q" + i, "Qual?")
                        .references(List.of("x"))
                        .group("g" + i / perGroup)
                        .build())
                .toList();
    }

    /** scipy.stats.binomtest(3, 60).proportion_ci(method="wilson") = (0.0171495021643957, 0.137005164763485), SciPy 1.17.1. */
    @Test
    void ratesHaveWilsonsInterval() {
        SubjectReport report = ScriptedRun.of(60)
                .subject("s", question -> number(question) < 3 ? Double.NaN : 1)
                .yesNo()
                .report()
                .subject("s");

        Interval failures = report.failureRate().interval().orElseThrow();
        assertThat(report.failureRate().mean().orElseThrow()).isCloseTo(.05, within(1e-12));
        assertThat(failures.low()).isCloseTo(.0171495021643957, within(1e-12));
        assertThat(failures.high()).isCloseTo(.137005164763485, within(1e-12));
        assertThat(report.metric(QUALITY).n()).isEqualTo(57);
        assertThat(report.metric(QUALITY).method()).isEqualTo("Wilson score interval");
    }

    @Test
    void repeatsOfAQuestionAreAveragedAndMakeNoNewQuestions() {
        AtomicInteger calls = new AtomicInteger();
        BenchmarkReport report = BenchmarkReport.of(Benchmark.builder()
                .dataset(Dataset.of("d", grouped(40, 1)))
                .subject(Subject.of("s", question -> Answer.of(calls.getAndIncrement() < 40 ? "1" : "0")))
                .scorer(Scorer.of(
                        QUALITY,
                        ScoreScale.yesNoScale(),
                        (question, answer) -> Score.of(Double.parseDouble(answer.text()))))
                .warmUp(0)
                .repeats(4)
                .build()
                .run());

        MetricSummary quality = report.subject("s").metric(QUALITY);
        assertThat(quality.n()).isEqualTo(40);
        assertThat(quality.values()).isEqualTo(160);
        assertThat(quality.mean().orElseThrow()).isCloseTo(.25, within(1e-12));
        assertThat(quality.method()).isNotEqualTo("Wilson score interval");
    }

    /** Questions of one group answer alike: 10 groups of 6 are worth ten values, not sixty. */
    @Test
    void groupsWidenTheInterval() {
        Function<List<Question>, MetricSummary> summary = questions -> ScriptedRun.of(questions)
                .subject("s", question -> number(question) / 6 % 2 == 0 ? .9 : .1)
                .report()
                .subject("s")
                .metric(QUALITY);
        MetricSummary alone = summary.apply(grouped(60, 1));
        MetricSummary clustered = summary.apply(grouped(60, 6));

        assertThat(clustered.clusters()).isEqualTo(10);
        assertThat(clustered.mean().orElseThrow()).isCloseTo(alone.mean().orElseThrow(), within(1e-12));
        assertThat(width(clustered)).isGreaterThan(2 * width(alone));
    }

    private static double width(MetricSummary summary) {
        Interval interval = summary.interval().orElseThrow();
        return interval.high() - interval.low();
    }

    /** Ranks for n = 60 and the median: 22 and 39, P(22 <= B(60, .5) < 39) = .9727 by scipy.stats.binom, each tail below .025. */
    @Test
    void quantilesHaveOrderStatisticIntervals() {
        MetricSummary latency = latencies(grouped(60, 1));

        assertThat(latency.median().value().orElseThrow()).isCloseTo(30.5, within(1e-9));
        assertThat(latency.median().interval().orElseThrow()).isEqualTo(new Interval(22, 39, .95));
        assertThat(latency.p95().value()).isPresent();
        assertThat(latency.p99().value()).isEmpty();
        assertThat(latency.p99().reason()).isEqualTo("n too small: 60 of 299");
    }

    /** Ten groups allow no interval of the 95th percentile, though there are sixty calls. */
    @Test
    void callsOfOneGroupDoNotCountAsIndependentForAQuantile() {
        MetricSummary latency = latencies(grouped(60, 6));

        assertThat(latency.p95().reason()).isEqualTo("n too small: 10 of 59");
        // Ranks 2 and 9 of 10, spread over 60: from the first value of the second group to the last of the ninth.
        assertThat(latency.median().interval().orElseThrow()).isEqualTo(new Interval(7, 54, .95));
    }

    /** Latencies of 1 to n seconds. */
    private static MetricSummary latencies(List<Question> questions) {
        AtomicLong time = new AtomicLong();
        AtomicLong next = new AtomicLong();
        return BenchmarkReport.of(Benchmark.builder()
                        .dataset(Dataset.of("d", questions))
                        .subject(Subject.of("s", question -> {
                            time.addAndGet(next.incrementAndGet() * SECOND);
                            return Answer.of("x");
                        }))
                        .warmUp(0)
                        .nanoTicker(time::get)
                        .build()
                        .run())
                .subject("s")
                .latency();
    }

    @Test
    void operationIsReadFromTheAnswers() {
        AtomicLong time = new AtomicLong();
        SubjectReport report = BenchmarkReport.of(Benchmark.builder()
                        .dataset(Dataset.of("d", grouped(30, 1)))
                        .subject(Subject.of("s", question -> {
                            time.addAndGet(2 * SECOND);
                            return Answer.builder("x")
                                    .tokens(TokenCounts.of(100, 50))
                                    .firstTokenNanos(SECOND / 2)
                                    .cost(Cost.knownPicoUsd(7_000_000))
                                    .build();
                        }))
                        .warmUp(0)
                        .nanoTicker(time::get)
                        .build()
                        .run())
                .subject("s");

        assertThat(report.metric("latency").mean()).hasValue(2);
        assertThat(report.metric("time to first token").mean()).hasValue(.5);
        assertThat(report.metric("output speed").mean()).hasValue(25);
        assertThat(report.metric("cost").mean().orElseThrow()).isCloseTo(7e-6, within(1e-18));
        assertThat(report.metric("input tokens").mean()).hasValue(100);
        assertThat(report.metric("load time").n()).isZero();
        assertThat(report.traffic(9).orElseThrow().outputTokensPerCall()).isEqualTo(50);
    }

    @Test
    void loadingDuringWarmUpIsToldApartFromLatency() {
        AtomicLong time = new AtomicLong();
        AtomicInteger calls = new AtomicInteger();
        SubjectReport report = BenchmarkReport.of(Benchmark.builder()
                        .dataset(Dataset.of("d", grouped(10, 1)))
                        .subject(Subject.of("s", question -> {
                            boolean cold = calls.getAndIncrement() == 0;
                            time.addAndGet(cold ? 90 * SECOND : SECOND);
                            return cold
                                    ? Answer.builder("x").loadNanos(88 * SECOND).build()
                                    : Answer.of("x");
                        }))
                        .warmUp(1)
                        .nanoTicker(time::get)
                        .build()
                        .run())
                .subject("s");

        assertThat(report.metric("load time").mean()).hasValue(88);
        assertThat(report.latency().mean()).hasValue(1);
    }

    @Test
    void aCostThatIsUnknownForOneCallHasNoMean() {
        MetricSummary cost = ScriptedRun.of(40)
                .subject(
                        "s",
                        question -> .5,
                        1,
                        question -> number(question) == 0 ? Cost.unknown() : Cost.knownPicoUsd(number(question)))
                .report()
                .subject("s")
                .costPerCall();

        assertThat(cost.mean()).isEmpty();
        assertThat(cost.interval()).isEmpty();
        assertThat(cost.noInterval()).hasValue("unknown for 1 of 40 answered calls");
        assertThat(cost.n()).isEqualTo(39);
    }

    @Test
    void aScorerMayHaveTheNameOfAFigureOfOperation() {
        BenchmarkReport report = BenchmarkReport.of(Benchmark.builder()
                .dataset(Dataset.of("d", grouped(10, 1)))
                .subject(Subject.of("s", question -> Answer.of("x")))
                .scorer(Scorer.of("latency", ScoreScale.unit(), (question, answer) -> Score.of(.5)))
                .build()
                .run());

        assertThat(report.subject("s").metric("latency").mean()).hasValue(.5);
        assertThat(report.metric("latency (operation)").unit()).isEqualTo("s");
        assertThat(report.metric("latency").label(ReportLanguage.PORTUGUESE)).isEqualTo("latency");
        assertThatThrownBy(() -> report.metric("latencia"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no metric \"latencia\"; there are [latency, latency (operation)");
    }
}

package dev.melancia.tracking;

import static dev.melancia.analysis.ScriptedRun.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.ScriptedRun;
import dev.melancia.benchmark.Benchmark;
import dev.melancia.benchmark.Dataset;
import dev.melancia.benchmark.Subject;
import dev.melancia.cost.Cost;
import dev.melancia.experiment.ExperimentTracker;
import dev.melancia.experiment.RecordedRun;
import dev.melancia.experiment.RunStatus;
import dev.melancia.report.ReportFormat;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import dev.melancia.scorer.Score;
import dev.melancia.scorer.ScoreScale;
import dev.melancia.scorer.Scorer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkTrackingTest {

    /** Not in a static field: the benchmark's threads would wait for the class whose lambdas they call. */
    private final BenchmarkReport report = ScriptedRun.of(60)
            .subject("openai/gpt", question -> number(question) < 30 ? .4 : .8, 2_000_000_000L, Cost.knownPicoUsd(5))
            .subject("ollama/phi3", question -> number(question) < 3 ? Double.NaN : .5)
            .report();

    @TempDir
    Path folder;

    @Test
    void eachSubjectIsARunWithItsFigures() {
        try (ExperimentTracker tracker = ExperimentTracker.builder(folder).build()) {
            List<String> ids = BenchmarkTracking.to(tracker).log(report);

            assertThat(tracker.runs()).extracting(RecordedRun::id).isEqualTo(ids);
            RecordedRun gpt = tracker.find(ids.get(0)).orElseThrow();
            assertThat(gpt.name()).isEqualTo("benchmark openai/gpt");
            assertThat(gpt.status()).isEqualTo(RunStatus.FINISHED);
            assertThat(gpt.params())
                    .containsEntry("model", "openai/gpt")
                    .containsEntry("dataset", "scripted")
                    .containsEntry("questions", "60")
                    .containsEntry("scorers", "quality");
            assertThat(value(gpt, "quality/mean")).isCloseTo(.6, within(1e-12));
            assertThat(value(gpt, "quality/low")).isBetween(.5, .6);
            assertThat(value(gpt, "quality/high")).isBetween(.6, .7);
            assertThat(value(gpt, "quality/n")).isEqualTo(60);
            assertThat(value(gpt, "latency_s/p95")).isEqualTo(2);
            assertThat(value(gpt, "cost_usd/total")).isEqualTo(300e-12);
        }
    }

    @Test
    void whatIsUnknownIsNotLogged() {
        try (ExperimentTracker tracker = ExperimentTracker.builder(folder).build()) {
            RecordedRun phi = tracker.find(
                            BenchmarkTracking.to(tracker).log(report).get(1))
                    .orElseThrow();

            assertThat(phi.metrics())
                    .doesNotContainKeys("cost_usd/mean", "cost_usd/total", "time_to_first_token_s/mean");
            assertThat(value(phi, "failure_rate/mean")).isCloseTo(3 / 60., within(1e-12));
            assertThat(value(phi, "quality/n")).isEqualTo(57);
        }
    }

    private static double value(RecordedRun run, String key) {
        assertThat(run.metrics()).containsKey(key);
        return run.metrics().get(key).last();
    }

    @Test
    void theReportComesAlongUnlessItMustNot() throws Exception {
        try (ExperimentTracker tracker = ExperimentTracker.builder(folder).build()) {
            RecordedRun full = tracker.find(
                            BenchmarkTracking.to(tracker).log(report).get(0))
                    .orElseThrow();
            RecordedRun bare = tracker.find(BenchmarkTracking.to(tracker)
                            .withArtifacts(Set.of())
                            .log(report)
                            .get(0))
                    .orElseThrow();

            assertThat(full.artifacts()).containsOnlyKeys("report.csv", "report.html", "report.json");
            assertThat(Files.readString(full.artifacts().get("report.csv"))).isEqualTo(ReportFormat.CSV.render(report));
            assertThat(bare.artifacts()).isEmpty();
        }
    }

    @Test
    void aLongNameOfASubjectIsCutForTheRun() {
        Benchmark.Builder benchmark = Benchmark.builder()
                .dataset(Dataset.of("d", List.of(Question.of("q", "Qual?", "x"))))
                .subject(Subject.of("s".repeat(300), question -> Answer.of("x")))
                .scorer(Scorer.of("one", ScoreScale.unit(), (question, answer) -> Score.of(1)))
                .warmUp(0);
        try (ExperimentTracker tracker = ExperimentTracker.builder(folder).build()) {
            BenchmarkTracking.to(tracker)
                    .log(BenchmarkReport.of(benchmark.build().run()));
            assertThat(tracker.runs().get(0).name()).startsWith("benchmark sss").hasSize(250);
        }
    }

    @Test
    void everyNameBecomesAKeyOfItsOwn() {
        Benchmark.Builder benchmark = Benchmark.builder()
                .dataset(Dataset.of("d", List.of(Question.of("q", "Qual?", "x"))))
                .subject(Subject.of("s", question -> Answer.of("x")))
                .warmUp(0);
        for (String name : List.of(
                "source hit@5",
                "source hit at 5",
                "correção (%)",
                "..",
                "a//b",
                "\uD83C\uDF49",
                "latency_s",
                "A",
                "a",
                "x".repeat(300))) {
            benchmark.scorer(Scorer.of(name, ScoreScale.unit(), (question, answer) -> Score.of(1)));
        }
        try (ExperimentTracker tracker = ExperimentTracker.builder(folder).build()) {
            String id = BenchmarkTracking.to(tracker)
                    .log(BenchmarkReport.of(benchmark.build().run()))
                    .get(0);

            assertThat(tracker.find(id).orElseThrow().metrics())
                    .containsKeys("source hit at 5/mean", "source hit at 5 2/mean", "correção ___/mean", "_../mean")
                    .containsKeys("a__b/mean", "_/mean", "latency_s/mean", "latency_s 2/n", "A/mean", "a 2/mean")
                    .containsKeys("x".repeat(200) + "/mean");
        }
    }
}

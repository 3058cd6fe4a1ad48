package dev.melancia.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.melancia.comparison.ComparedMetric.Kind;
import dev.melancia.comparison.MetricDirections.Better;
import dev.melancia.experiment.ExperimentTracker;
import dev.melancia.experiment.RecordedRun;
import dev.melancia.experiment.RecordedRuns;
import dev.melancia.experiment.Run;
import dev.melancia.mlflow.event.DatasetInput;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunsReportTest {

    private static final String NO_DATA = "none";

    @TempDir
    Path folder;

    private int next;

    private RunsReport report() {
        RecordedRuns recorded = SampleRuns.in(folder);
        return RunsReport.of(recorded, recorded.all(), settings("correctness", "exact_match", "latency_s"));
    }

    private static RunsReport.Settings settings(String... samples) {
        return new RunsReport.Settings(MetricDirections.standard(), Set.of(samples));
    }

    private static ComparedMetric metric(RunsReport report, String key) {
        return report.metrics().stream()
                .filter(metric -> metric.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void samplesAreTestedInPairsAndCorrectedTogether() {
        RunsReport report = report();
        ComparedMetric correctness = metric(report, "correctness");
        assertThat(correctness.kind()).isEqualTo(Kind.SAMPLES);
        assertThat(correctness.pairs())
                .hasSize(3)
                .allMatch(pair -> pair.test() == RunPair.Test.PAIRED && pair.n() == 60);
        RunPair pair = correctness.pairs().get(0);
        assertThat(pair.shown()).isTrue();
        assertThat(pair.difference().orElseThrow()).isCloseTo(-0.35, within(0.05));
        assertThat(correctness.values().get(0).n()).isEqualTo(60);
        assertThat(correctness.values().get(0).interval()).isPresent();
        assertThat(report.tests()).isEqualTo(9);
        assertThat(metric(report, "exact_match").pairs().get(0).shown()).isTrue();
    }

    @Test
    void noWinnerWithinNoiseOrWhereAnythingIsUnknown() {
        RunsReport report = report();
        assertThat(metric(report, "correctness").best().run()).isEmpty(); // The last two are alike.
        assertThat(metric(report, "correctness").best().why()).isEqualTo("within noise");
        assertThat(metric(report, "oddity").best().why()).startsWith("unknown whether");
        assertThat(metric(report, "f1").best().why()).isEqualTo("not known of all runs: not measured");
        assertThat(metric(report, "f1").values().get(0).value()).isEmpty();
        assertThat(metric(report, "f1").values().get(1).note()).isEqualTo("NaN");
        assertThat(metric(report, "groundedness/mean").best().why()).contains("the intervals overlap");
        assertThat(metric(report, "cost_usd").best().run()).hasValue(0);
        assertThat(metric(report, "cost_usd").best().why()).contains("noise unknown");
    }

    @Test
    void aWinnerIsBetterThanEachOther() {
        RecordedRuns recorded = SampleRuns.in(folder);
        List<RecordedRun> two = recorded.all().subList(0, 2);
        RunsReport report = RunsReport.of(recorded, two, settings("correctness"));
        assertThat(metric(report, "correctness").best().run()).hasValue(1);
        assertThat(metric(report, "groundedness/mean").best().run()).hasValue(1);
        MetricDirections other =
                MetricDirections.standard().lower("correctness").higher("oddity");
        RunsReport turned =
                RunsReport.of(recorded, two, new RunsReport.Settings(other, Set.of("correctness", "exact_match")));
        assertThat(metric(turned, "correctness").best().run()).hasValue(0);
        assertThat(metric(turned, "oddity").best().run()).hasValue(1);
    }

    @Test
    void theEndsOfAnIntervalAreNoMetricsOfTheirOwn() {
        RunsReport report = report();
        assertThat(report.metrics())
                .extracting(ComparedMetric::key)
                .contains("groundedness/mean")
                .doesNotContain("groundedness/low", "groundedness/high", "groundedness/n");
        assertThat(metric(report, "groundedness/mean").values().get(0).n()).isEqualTo(60);
    }

    @Test
    void theNumberOfValuesIsNoMetricWhereThereIsNoInterval() {
        RunsReport report = recorded(run -> run.metrics(Map.of("quality/mean", 0.5, "quality/n", 2.0)), "a", "b");
        assertThat(report.metrics()).extracting(ComparedMetric::key).containsExactly("quality/mean");
        assertThat(report.metrics().get(0).values()).allMatch(value -> value.n() == 2);
    }

    @Test
    void pointsAreACurveOfWhichTheLatestCountsUnlessTheyAreKnownToBeSamples() {
        RecordedRuns recorded = SampleRuns.in(folder);
        RunsReport report = RunsReport.of(recorded, recorded.all(), MetricDirections.standard());
        ComparedMetric loss = metric(report, "loss");
        assertThat(loss.kind()).isEqualTo(Kind.SINGLE);
        assertThat(loss.values().get(0).value().orElseThrow()).isCloseTo(0.05, within(1e-12));
        assertThat(loss.pairs()).isEmpty();
        assertThat(report.tests()).isZero();
    }

    @Test
    void runsThatRecordTheSameDatasetHaveSamples() {
        assertThat(metric(evaluated("v1", "v1"), "f1").kind()).isEqualTo(Kind.SAMPLES);
        assertThat(metric(evaluated("v1", "v1"), "f1").pairs().get(0).test()).isEqualTo(RunPair.Test.PAIRED);
    }

    @Test
    void runsThatRecordOtherOrNoOrTrainingDataHaveNone() {
        assertThat(metric(evaluated("v1", "v2"), "f1").kind()).isEqualTo(Kind.SINGLE);
        assertThat(metric(evaluated("v1", NO_DATA), "f1").kind()).isEqualTo(Kind.SINGLE);
        RunsReport trained = recorded(
                run -> {
                    run.dataset(DatasetInput.builder("questions", "v1")
                            .context("training")
                            .build());
                    points(run);
                },
                "a",
                "b");
        assertThat(metric(trained, "f1").kind()).isEqualTo(Kind.SINGLE);
    }

    /** Two runs with points that were evaluated on these. */
    private RunsReport evaluated(String... digests) {
        return recorded(
                run -> {
                    if (!run.name().equals(NO_DATA)) {
                        run.dataset(
                                DatasetInput.builder("questions", run.name()).build());
                    }
                    points(run);
                },
                digests);
    }

    private static void points(Run run) {
        for (int i = 0; i < 30; i++) {
            run.metric("f1", i % 7 + i / 31.0, i);
        }
    }

    private RunsReport recorded(Consumer<Run> fill, String... names) {
        return recorded(RunsReport.Settings.STANDARD, fill, names);
    }

    private RunsReport recorded(RunsReport.Settings settings, Consumer<Run> fill, String... names) {
        Path own = folder.resolve("runs " + next++);
        try (ExperimentTracker tracker = ExperimentTracker.builder(own).build()) {
            for (String name : names) {
                try (Run run = tracker.startRun(name)) {
                    fill.accept(run);
                }
            }
            return RunsReport.of(tracker.recorded(), tracker.runs(), settings);
        }
    }

    @Test
    void runsWithOtherDataAreNotPaired() {
        RunsReport report = recorded(
                settings("f1"),
                run -> {
                    run.dataset(DatasetInput.builder("questions", run.name()).build());
                    points(run);
                },
                "a",
                "b");
        assertThat(metric(report, "f1").pairs().get(0).test()).isEqualTo(RunPair.Test.UNPAIRED);
    }

    @Test
    void whyAValueIsMissingIsTold() {
        RunsReport report = recorded(
                settings("acc"),
                run -> {
                    run.metric("f1", Double.NaN);
                    run.metric("acc", 1, 0);
                    run.metric("acc", Double.POSITIVE_INFINITY, 1);
                },
                "a",
                "b");
        assertThat(metric(report, "f1").best().why()).isEqualTo("not known of all runs: NaN");
        assertThat(metric(report, "acc").best().why()).isEqualTo("not known of all runs: has infinite values");
    }

    @Test
    void directionsComeFromTheWordsOfAName() {
        MetricDirections standard = MetricDirections.standard();
        assertThat(standard.better("answer_accuracy")).isEqualTo(Better.HIGHER);
        assertThat(standard.better("latency_s/p95")).isEqualTo(Better.LOWER);
        assertThat(standard.better("F1/mean")).isEqualTo(Better.HIGHER);
        assertThat(standard.better("exact_match")).isEqualTo(Better.HIGHER);
        assertThat(standard.better("source hit/mean")).isEqualTo(Better.HIGHER);
        assertThat(standard.better("tokens")).isEqualTo(Better.UNKNOWN);
        assertThat(standard.better("error recall")).isEqualTo(Better.UNKNOWN);
        assertThat(standard.lower("tokens").better("tokens")).isEqualTo(Better.LOWER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "saved_cost_usd", "cost_savings", "error_reduction", "loss improvement", "quality_risk",
                        "accuracy_drift",
                "latency_anomaly", "drift_score", "anomaly_score", "cache_hit_rate", "hits", "pattern_match"
            })
    void aWordThatTurnsANameRoundOrSaysNothingLeavesItsDirectionUnknown(String key) {
        assertThat(MetricDirections.standard().better(key)).isEqualTo(Better.UNKNOWN);
    }

    @Test
    void oneRunOrOneTwiceIsNoComparison() {
        RecordedRuns recorded = SampleRuns.in(folder);
        RecordedRun run = recorded.all().get(0);
        assertThatThrownBy(() -> RunsReport.of(recorded, List.of(run), MetricDirections.standard()))
                .hasMessageContaining("at least 2 runs, had 1");
        assertThatThrownBy(() -> RunsReport.of(recorded, List.of(run, run), MetricDirections.standard()))
                .hasMessageContaining("each once");
    }
}

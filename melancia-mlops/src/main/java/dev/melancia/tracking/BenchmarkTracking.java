package dev.melancia.tracking;

import static java.util.Objects.requireNonNull;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.MetricSummary;
import dev.melancia.analysis.ReportLanguage;
import dev.melancia.analysis.SubjectReport;
import dev.melancia.experiment.ExperimentStoreException;
import dev.melancia.experiment.ExperimentTracker;
import dev.melancia.experiment.Run;
import dev.melancia.report.ReportFormat;
import dev.melancia.scorer.Scorer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Logs a benchmark's report: one run for each subject, named {@code benchmark <subject>}, with how it was run as
 * parameters, each metric's figures, and the report as artifacts; on demand as MLflow's evaluation, see
 * {@link #withTraces}. Unknown figures are left out. Immutable; as thread-safe as the tracker.
 *
 * <p>Metric keys are {@code <metric>/mean}, {@code /low}, {@code /high} (95 % interval), {@code /median}, {@code /p95} and
 * {@code /n}. Scorers go by their name, figures of operation by name and unit: {@code latency_s}, {@code cost_usd},
 * {@code failure_rate}, …; the exact sum is {@code cost_usd/total}. What MLflow does not take in a key becomes {@code _}
 * ({@code @} becomes {@code at}).
 *
 * @since 0.1.0
 */
public final class BenchmarkTracking {

    private static final int MOST_NAME = 250;
    private static final int MOST_PARAM = 6000;

    private final ExperimentTracker tracker;
    private final Set<ReportFormat> artifacts;
    private final ReportLanguage language;
    private final Optional<TraceContent> traces;

    private BenchmarkTracking(
            ExperimentTracker tracker,
            Set<ReportFormat> artifacts,
            ReportLanguage language,
            Optional<TraceContent> traces) {
        this.tracker = requireNonNull(tracker, "tracker");
        this.artifacts = Set.copyOf(artifacts);
        this.language = requireNonNull(language, "language");
        this.traces = traces;
    }

    /** Logs into this tracker, with the report as HTML, JSON and CSV: these hold questions and answers in full. */
    public static BenchmarkTracking to(ExperimentTracker tracker) {
        return new BenchmarkTracking(
                tracker,
                EnumSet.of(ReportFormat.HTML, ReportFormat.JSON, ReportFormat.CSV),
                ReportLanguage.ENGLISH,
                Optional.empty());
    }

    /** The same with other artifacts, or none. */
    public BenchmarkTracking withArtifacts(Set<ReportFormat> formats) {
        return new BenchmarkTracking(tracker, formats, language, traces);
    }

    /** The same with artifacts in this language; default English. */
    public BenchmarkTracking withLanguage(ReportLanguage language) {
        return new BenchmarkTracking(tracker, artifacts, language, traces);
    }

    /**
     * The same as MLflow's evaluation: each subject's run is listed by its page "Evaluation runs", which shows answer by
     * answer with scores and what was expected, and compares two runs. Default no traces.
     *
     * <p>The run gets the dataset's name and fingerprint and, for each answer, a trace with question, answer, sources,
     * tokens, cost and latency; each scorer's value under the name of its metrics, true or false on a yes/no scale; and the
     * question's references as {@code expected_response}, several as a JSON array. A call that failed is a trace in error
     * without scores. A scorer that failed is an error; one that does not apply says nothing; neither becomes a 0.
     *
     * <p>What is compared must have the same dataset: MLflow pairs answers whose question has the same id and the same text.
     * A server takes each score by a request of its own, tens a second; that goes on in the background.
     *
     * <p>Independent of the artifacts: {@code withArtifacts(Set.of()).withTraces(TraceContent.FIGURES)} keeps questions and
     * answers at home.
     *
     * @param content which texts go into the tracker's folder and from there to the server
     */
    public BenchmarkTracking withTraces(TraceContent content) {
        return new BenchmarkTracking(tracker, artifacts, language, Optional.of(requireNonNull(content, "content")));
    }

    /**
     * Logs a report.
     *
     * @return ids of the runs, in the order of the subjects
     * @throws ExperimentStoreException when the tracker's folder cannot be written; the run under way is marked as failed
     *     where that can still be recorded
     */
    public List<String> log(BenchmarkReport report) {
        Map<ReportFormat, String> texts = new EnumMap<>(ReportFormat.class);
        artifacts.forEach(format -> texts.put(format, format.render(report, language)));
        List<String> ids = new ArrayList<>();
        for (SubjectReport subject : report.subjects()) {
            ids.add(log(report, subject, texts));
        }
        return List.copyOf(ids);
    }

    private String log(BenchmarkReport report, SubjectReport subject, Map<ReportFormat, String> texts) {
        try (Run run = tracker.startRun(Texts.cut("benchmark " + subject.name(), MOST_NAME))) {
            try {
                List<String> keys = keys(subject);
                params(report, subject, run);
                run.metrics(metrics(subject, keys));
                traces.ifPresent(content -> new EvaluationRun(report, content).log(subject, keys, run));
                texts.forEach((format, text) -> run.artifact("report." + format.extension(), text));
            } catch (RuntimeException failure) {
                fail(run, failure);
                throw failure;
            }
            return run.id();
        }
    }

    /** The folder that refused a figure may refuse this too; the first failure is the one to tell. */
    private static void fail(Run run, RuntimeException failure) {
        try {
            run.fail(failure);
        } catch (ExperimentStoreException again) {
            failure.addSuppressed(again);
        }
    }

    private static void params(BenchmarkReport report, SubjectReport subject, Run run) {
        run.param("model", Texts.cut(subject.name(), MOST_PARAM));
        run.param("dataset", Texts.cut(report.dataset().name(), MOST_PARAM));
        run.param("questions", report.dataset().questions().size());
        run.param("placement", subject.placement());
        run.param("warm_up", report.result().warmUp());
        run.param("seed", report.result().seed());
        run.param("benchmark_started_at", report.result().startedAt());
        String scorers = report.scorers().stream().map(Scorer::name).collect(Collectors.joining(", "));
        run.param("scorers", Texts.cut(scorers, MOST_PARAM));
    }

    /** One for each metric, in their order: scorers first. */
    private static List<String> keys(SubjectReport subject) {
        MetricKeys keys = new MetricKeys();
        return subject.metrics().stream()
                .map(metric -> keys.of(metric.metric()))
                .toList();
    }

    private static Map<String, Double> metrics(SubjectReport subject, List<String> keys) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            MetricSummary metric = subject.metrics().get(i);
            String key = keys.get(i);
            put(values, key + "/mean", metric.mean());
            metric.interval().ifPresent(interval -> {
                values.put(key + "/low", interval.low());
                values.put(key + "/high", interval.high());
            });
            put(values, key + "/median", metric.median().value());
            put(values, key + "/p95", metric.p95().value());
            values.put(key + "/n", (double) metric.n());
        }
        subject.cost().total().usd().ifPresent(usd -> values.put("cost_usd/total", usd.doubleValue()));
        return values;
    }

    private static void put(Map<String, Double> values, String key, OptionalDouble value) {
        value.ifPresent(known -> values.put(key, known));
    }
}

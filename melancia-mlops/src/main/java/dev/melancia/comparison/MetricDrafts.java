package dev.melancia.comparison;

import dev.melancia.comparison.ComparedMetric.Kind;
import dev.melancia.experiment.MetricSummary;
import dev.melancia.experiment.RecordedRun;
import dev.melancia.mlflow.event.MetricPoint;
import dev.melancia.stats.Interval;
import dev.melancia.stats.MeanInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Turns what the runs recorded into values and tests, metric by metric. Confined to one thread. */
final class MetricDrafts {

    private static final double LEVEL = .95;
    private static final int LEAST_SAMPLES = 2;
    private static final String MEAN = "/mean";
    private static final String TRAINING = "train";

    private record DatasetKey(String name, String digest) {}

    private final List<RecordedRun> runs;
    private final Map<String, SortedMap<String, List<MetricPoint>>> histories;
    private final RunsReport.Settings settings;
    private final Set<String> keys = new TreeSet<>();
    private final boolean sameCases;

    MetricDrafts(
            List<RecordedRun> runs,
            Map<String, SortedMap<String, List<MetricPoint>>> histories,
            RunsReport.Settings settings) {
        this.runs = runs;
        this.histories = histories;
        this.settings = settings;
        runs.forEach(run -> keys.addAll(run.metrics().keySet()));
        Set<Set<DatasetKey>> cases = runs.stream().map(MetricDrafts::cases).collect(Collectors.toSet());
        this.sameCases = cases.size() == 1 && !cases.contains(Set.of());
    }

    List<MetricDraft> all() {
        Set<String> beside = new TreeSet<>();
        keys.stream().filter(key -> key.endsWith(MEAN)).forEach(key -> {
            beside.add(stem(key) + "/n");
            if (hasInterval(key)) {
                beside.add(stem(key) + "/low");
                beside.add(stem(key) + "/high");
            }
        });
        return keys.stream()
                .filter(key -> !beside.contains(key))
                .map(this::draft)
                .toList();
    }

    private boolean hasInterval(String key) {
        return key.endsWith(MEAN) && keys.contains(stem(key) + "/low") && keys.contains(stem(key) + "/high");
    }

    private static String stem(String key) {
        return key.substring(0, key.length() - MEAN.length());
    }

    private MetricDraft draft(String key) {
        MetricDirections.Better better = settings.directions().better(key);
        if (hasInterval(key)) {
            List<MetricValue> values =
                    runs.stream().map(run -> withInterval(run, key)).toList();
            return new MetricDraft(key, better, Kind.INTERVAL, values, List.of());
        }
        if (!sampled(key)) {
            List<MetricValue> values =
                    runs.stream().map(run -> single(run, key)).toList();
            return new MetricDraft(key, better, Kind.SINGLE, values, List.of());
        }
        List<MetricSamples> samples =
                runs.stream().map(run -> samples(run, key)).toList();
        boolean zeroOrOne = samples.stream().allMatch(MetricSamples::zeroOrOne);
        List<MetricValue> values =
                samples.stream().map(of -> mean(of, zeroOrOne)).toList();
        return new MetricDraft(key, better, Kind.SAMPLES, values, tests(samples));
    }

    /** Known to be samples, with many points in every run that has the metric, and in at least two. */
    private boolean sampled(String key) {
        List<MetricSummary> found = runs.stream()
                .flatMap(run -> Optional.ofNullable(run.metrics().get(key)).stream())
                .toList();
        return (sameCases || settings.samples().contains(key))
                && found.size() >= 2
                && found.stream().allMatch(metric -> metric.count() + metric.nanCount() >= LEAST_SAMPLES);
    }

    private MetricSamples samples(RecordedRun run, String key) {
        SortedMap<String, List<MetricPoint>> metrics = histories.get(run.id());
        return new MetricSamples(metrics == null ? List.of() : metrics.getOrDefault(key, List.of()));
    }

    private static MetricValue mean(MetricSamples samples, boolean zeroOrOne) {
        double[] values = samples.values();
        if (values.length == 0) {
            return unknown();
        }
        if (!samples.finite()) {
            return new MetricValue(OptionalDouble.empty(), values.length, Optional.empty(), "has infinite values");
        }
        MeanInterval found = MeanInterval.of(MetricSamples.measurements(values, zeroOrOne), LEVEL);
        String note = found.noInterval().or(found::caution).orElse("");
        return new MetricValue(found.estimate(), found.n(), found.interval(), note);
    }

    private List<SampleTest> tests(List<MetricSamples> samples) {
        List<SampleTest> tests = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            for (int j = i + 1; j < samples.size(); j++) {
                tests.add(test(samples, i, j));
            }
        }
        return tests;
    }

    private SampleTest test(List<MetricSamples> samples, int i, int j) {
        MetricSamples first = samples.get(i);
        MetricSamples second = samples.get(j);
        if (first.values().length == 0 || second.values().length == 0) {
            return SampleTest.none(0, "not measured in both");
        }
        if (!first.finite() || !second.finite()) {
            return SampleTest.none(0, "has infinite values");
        }
        return SampleTest.of(first, second, mayShareCases(runs.get(i), runs.get(j)));
    }

    /** Runs that name other data had other cases, even where the steps are the same. */
    private static boolean mayShareCases(RecordedRun first, RecordedRun second) {
        Set<DatasetKey> one = cases(first);
        Set<DatasetKey> two = cases(second);
        return one.isEmpty() || two.isEmpty() || one.equals(two);
    }

    /** What a run was evaluated on; points of what it was trained on are a curve, whoever else was trained on it. */
    private static Set<DatasetKey> cases(RecordedRun run) {
        return run.datasets().stream()
                .filter(data ->
                        !data.context().orElse("").toLowerCase(Locale.ROOT).startsWith(TRAINING))
                .map(data -> new DatasetKey(data.name(), data.digest()))
                .collect(Collectors.toSet());
    }

    private static MetricValue withInterval(RecordedRun run, String key) {
        MetricValue mean = single(run, key);
        OptionalDouble low = latest(run, stem(key) + "/low").value();
        OptionalDouble high = latest(run, stem(key) + "/high").value();
        boolean there = low.isPresent() && high.isPresent() && low.getAsDouble() <= high.getAsDouble();
        return new MetricValue(
                mean.value(),
                mean.n(),
                there ? Optional.of(new Interval(low.getAsDouble(), high.getAsDouble(), LEVEL)) : Optional.empty(),
                there || mean.value().isEmpty() ? mean.note() : "no interval recorded");
    }

    /** Where the number of values behind a mean stands beside it, the mean is said to be of so many. */
    private static MetricValue single(RecordedRun run, String key) {
        MetricValue value = latest(run, key);
        OptionalDouble n = key.endsWith(MEAN) ? latest(run, stem(key) + "/n").value() : OptionalDouble.empty();
        return n.isPresent()
                ? new MetricValue(value.value(), (long) n.getAsDouble(), value.interval(), value.note())
                : value;
    }

    private static MetricValue latest(RecordedRun run, String key) {
        MetricSummary metric = run.metrics().get(key);
        if (metric == null) {
            return unknown();
        }
        return Double.isNaN(metric.last())
                ? new MetricValue(OptionalDouble.empty(), metric.count(), Optional.empty(), "NaN")
                : new MetricValue(OptionalDouble.of(metric.last()), metric.count(), Optional.empty(), "");
    }

    private static MetricValue unknown() {
        return new MetricValue(OptionalDouble.empty(), 0, Optional.empty(), "not measured");
    }
}

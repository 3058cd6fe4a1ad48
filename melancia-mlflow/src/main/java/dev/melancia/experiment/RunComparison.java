package dev.melancia.experiment;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Runs side by side: the parameters that differ and all metrics. Descriptive only: whether a difference is more than
 * noise is a question for a test. Immutable.
 *
 * @param runs the runs compared, in the order given
 * @param differingParams parameters whose value is not the same in all runs, sorted by key
 * @param metrics every metric of any of the runs, sorted by key
 * @since 0.1.0
 */
public record RunComparison(List<RecordedRun> runs, List<ParamRow> differingParams, List<MetricRow> metrics) {

    public RunComparison {
        runs = List.copyOf(runs);
        differingParams = List.copyOf(differingParams);
        metrics = List.copyOf(metrics);
    }

    /**
     * One parameter.
     *
     * @param values one per run in the order of the runs; empty where the run does not have it
     */
    public record ParamRow(String key, List<Optional<String>> values) {
        public ParamRow {
            values = List.copyOf(values);
        }
    }

    /**
     * One metric.
     *
     * @param values one per run in the order of the runs; empty where the run does not have it
     */
    public record MetricRow(String key, List<Optional<MetricSummary>> values) {
        public MetricRow {
            values = List.copyOf(values);
        }
    }

    /**
     * Compares runs.
     *
     * @throws IllegalArgumentException when there are fewer than two
     */
    public static RunComparison of(List<RecordedRun> runs) {
        if (runs.size() < 2) {
            throw new IllegalArgumentException("a comparison must have at least 2 runs, had " + runs.size());
        }
        List<ParamRow> params = keys(runs, RecordedRun::params).stream()
                .map(key -> new ParamRow(key, values(runs, RecordedRun::params, key)))
                .filter(row -> row.values().stream().distinct().count() > 1)
                .toList();
        List<MetricRow> metrics = keys(runs, RecordedRun::metrics).stream()
                .map(key -> new MetricRow(key, values(runs, RecordedRun::metrics, key)))
                .toList();
        return new RunComparison(runs, params, metrics);
    }

    private static <V> List<Optional<V>> values(
            List<RecordedRun> runs, Function<RecordedRun, SortedMap<String, V>> part, String key) {
        return runs.stream()
                .map(run -> Optional.ofNullable(part.apply(run).get(key)))
                .toList();
    }

    private static <V> TreeSet<String> keys(List<RecordedRun> runs, Function<RecordedRun, SortedMap<String, V>> part) {
        TreeSet<String> keys = new TreeSet<>();
        runs.forEach(run -> keys.addAll(part.apply(run).keySet()));
        return keys;
    }
}

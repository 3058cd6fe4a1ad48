package dev.melancia.experiment;

import dev.melancia.mlflow.event.DatasetInput;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run as the store has it: what was recorded until the moment it was read. To record, see {@link Run}. Immutable.
 *
 * @since 0.1.0
 */
public final class RecordedRun {

    private final String id;
    private final String experiment;
    private final String name;
    private final Instant startedAt;
    private final RunStatus status;
    private final Optional<Instant> endedAt;
    private final SortedMap<String, String> params;
    private final SortedMap<String, String> tags;
    private final SortedMap<String, MetricSummary> metrics;
    private final SortedMap<String, Path> artifacts;
    private final Optional<String> parentId;
    private final List<DatasetInput> datasets;

    RecordedRun(RunFold fold, RunStatus status) {
        this.id = fold.started().runId();
        this.experiment = fold.started().experiment();
        this.name = fold.started().name();
        this.startedAt = fold.started().at();
        this.status = status;
        this.endedAt = Optional.ofNullable(fold.endedAt);
        this.params = copy(fold.params);
        this.artifacts = copy(fold.artifacts);
        this.parentId = Optional.ofNullable(fold.parent);
        this.datasets = List.copyOf(fold.datasets.values());
        SortedMap<String, String> values = new TreeMap<>();
        fold.tags.forEach((key, tag) -> values.put(key, tag.value()));
        this.tags = Collections.unmodifiableSortedMap(values);
        SortedMap<String, MetricSummary> summaries = new TreeMap<>();
        fold.metrics.forEach((key, metric) -> summaries.put(key, metric.summary()));
        this.metrics = Collections.unmodifiableSortedMap(summaries);
    }

    private static <V> SortedMap<String, V> copy(SortedMap<String, V> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }

    /** 32 hexadecimal digits; in MLflow the tag {@code melancia.run_id}. */
    public String id() {
        return id;
    }

    /** The experiment it belongs to. */
    public String experiment() {
        return experiment;
    }

    /** The name it was started with; need not be unique. */
    public String name() {
        return name;
    }

    /** When it was started. */
    public Instant startedAt() {
        return startedAt;
    }

    /** When it ended; empty while it runs and when it was interrupted. */
    public Optional<Instant> endedAt() {
        return endedAt;
    }

    /** Where it stands. */
    public RunStatus status() {
        return status;
    }

    /** Id of the run that this one is part of. */
    public Optional<String> parentId() {
        return parentId;
    }

    /** Datasets it used, in the order they were recorded; unmodifiable. */
    public List<DatasetInput> datasets() {
        return datasets;
    }

    /** Parameters by key; unmodifiable. */
    public SortedMap<String, String> params() {
        return params;
    }

    /** Tags by key, the last value of each; unmodifiable. */
    public SortedMap<String, String> tags() {
        return tags;
    }

    /** Metrics by key; unmodifiable. Single points: {@link ExperimentTracker#history}. */
    public SortedMap<String, MetricSummary> metrics() {
        return metrics;
    }

    /** Files in the store by artifact path; unmodifiable. */
    public SortedMap<String, Path> artifacts() {
        return artifacts;
    }

    @Override
    public String toString() {
        return "RecordedRun[" + experiment + "/" + name + ", " + id + ", " + status + "]";
    }
}

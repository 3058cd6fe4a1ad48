package dev.melancia.experiment;

import static java.util.Objects.requireNonNull;

import dev.melancia.journal.Journal;
import dev.melancia.mlflow.artifact.LoggedTables;
import dev.melancia.mlflow.event.ArtifactFolder;
import dev.melancia.mlflow.event.DatasetInput;
import dev.melancia.mlflow.event.MetricPoint;
import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.event.RunOutcome;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One run while its events are read. Confined to the store's lock. */
final class RunFold {

    final SortedMap<String, String> params = new TreeMap<>();
    final SortedMap<String, RunEvent.Tag> tags = new TreeMap<>();
    final SortedMap<String, MetricFold> metrics = new TreeMap<>();
    final SortedMap<String, Path> artifacts = new TreeMap<>();

    final Map<String, DatasetInput> datasets = new LinkedHashMap<>();

    @Nullable
    Instant endedAt;

    @Nullable
    String parent;

    private RunEvent.@Nullable Started started;
    private @Nullable RunOutcome outcome;
    private Instant resumedAt = Instant.EPOCH;
    private String segment;
    private final Path folder;

    RunFold(String segment, Path folder) {
        this.segment = segment;
        this.folder = folder;
    }

    /** Whether the start was read: there is no order between segments, and one may have been deleted. */
    boolean hasStarted() {
        return started != null;
    }

    RunEvent.Started started() {
        return requireNonNull(started, "started");
    }

    void add(RunEvent event, String by) {
        if (event instanceof RunEvent.Started start && started == null) {
            started = start;
            segment = resumedAt.equals(Instant.EPOCH) ? by : segment;
        } else if (event instanceof RunEvent.Resumed resumed) {
            resumed(resumed, by);
        } else {
            add(event);
        }
    }

    /** The writer of this segment goes on with the run. */
    private void resumed(RunEvent.Resumed resumed, String by) {
        if (resumed.at().isBefore(resumedAt)) {
            return;
        }
        resumedAt = resumed.at();
        segment = by;
        if (endedAt == null || endedAt.isBefore(resumedAt)) {
            outcome = null;
            endedAt = null;
        }
    }

    private void add(RunEvent event) {
        if (event instanceof RunEvent.Metric metric) {
            add(metric.key(), metric.point());
        } else if (event instanceof RunEvent.Points packed) {
            packed.points().forEach(point -> add(packed.key(), point));
        } else if (event instanceof RunEvent.Param param) {
            params.put(param.key(), param.value());
        } else if (event instanceof RunEvent.Tag tag) {
            tags.merge(tag.key(), tag, RunFold::later);
        } else if (event instanceof RunEvent.Artifact artifact) {
            artifacts.put(artifact.path(), ArtifactFolder.file(folder, artifact));
        } else if (event instanceof RunEvent.Dataset dataset) {
            DatasetInput input = dataset.dataset();
            datasets.put(input.name() + '\n' + input.digest() + '\n' + input.context(), input);
        } else if (event instanceof RunEvent.Nested nested) {
            parent = nested.parentRunId();
        } else if (event instanceof RunEvent.Ended ended) {
            ended(ended);
        }
    }

    /** An earlier end may be read after the resumption or a later end: there is no order between segments. */
    private void ended(RunEvent.Ended ended) {
        if (!ended.at().isBefore(resumedAt) && (endedAt == null || !ended.at().isBefore(endedAt))) {
            outcome = ended.outcome();
            endedAt = ended.at();
        }
    }

    /** Of two values of a tag the one that stands; of the same time the one that was read last. */
    static RunEvent.Tag later(RunEvent.Tag before, RunEvent.Tag read) {
        return read.at().isBefore(before.at()) ? before : read;
    }

    private void add(String key, MetricPoint point) {
        MetricFold fold = metrics.get(key);
        if (fold == null) {
            fold = new MetricFold(point);
            metrics.put(key, fold);
        }
        fold.add(point);
    }

    ResumableRun resumable() {
        Map<String, Long> nextSteps = new HashMap<>();
        metrics.forEach((key, metric) -> nextSteps.put(key, metric.nextStep()));
        RunEvent.Tag tables = tags.get(LoggedTables.TAG);
        return new ResumableRun(started(), params, nextSteps, tables == null ? "" : tables.value());
    }

    RecordedRun snapshot() {
        return new RecordedRun(this, status());
    }

    private RunStatus status() {
        if (outcome != null) {
            return RunStatus.of(outcome);
        }
        return Journal.writerAlive(segment) ? RunStatus.RUNNING : RunStatus.INTERRUPTED;
    }
}

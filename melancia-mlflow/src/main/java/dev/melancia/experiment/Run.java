package dev.melancia.experiment;

import static java.util.Objects.requireNonNull;

import dev.melancia.journal.Journal;
import dev.melancia.journal.JournalException;
import dev.melancia.mlflow.event.EventCodec;
import dev.melancia.mlflow.event.MetricPoint;
import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.event.RunOutcome;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An experiment run while it is recorded. To read what was recorded, see {@link RecordedRun}.
 *
 * <p>Every method appends to the local journal and returns; nothing waits for a server. What a method accepted survives
 * kill -9 of this process. Keys have 1 to 250 characters: letters, digits, {@code _ - . : /} and space. Every recording
 * method throws IllegalArgumentException for what breaks a rule, IllegalStateException when the run has ended, and
 * {@link ExperimentStoreException} when the folder cannot be written; nothing was recorded then, except by
 * {@link #metrics}, which says so.
 *
 * <p>Closing a run that has no outcome yet makes it {@link RunStatus#FINISHED}, also when the block it was opened for
 * threw: call {@link #fail} in the catch clause. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Run implements AutoCloseable {

    private final RunEvent.Started started;
    private final Journal journal;
    private final ArtifactStore artifacts;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, String> params = new HashMap<>();
    private final Map<String, Long> nextSteps = new HashMap<>();
    private RunStatus status = RunStatus.RUNNING;

    Run(RunEvent.Started started, Journal journal, InstantSource clock) {
        this.started = started;
        this.journal = journal;
        this.artifacts = new ArtifactStore(journal.folder());
        this.clock = clock;
        append(List.of(started));
    }

    /** 32 hexadecimal digits; in MLflow the tag {@code melancia.run_id}. */
    public String id() {
        return started.runId();
    }

    /** The name it was started with. */
    public String name() {
        return started.name();
    }

    /** Running, or how it ended. */
    public RunStatus status() {
        lock.lock();
        try {
            return status;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sets a parameter, once and for all; the same value again does nothing.
     *
     * @param value its {@code toString()} is kept, at most 6000 characters
     * @throws IllegalArgumentException also when the parameter already has another value
     */
    public void param(String key, Object value) {
        String text = requireNonNull(value, "value").toString();
        RunEvent event = new RunEvent.Param(id(), clock.instant(), key, text);
        locked("parameter", key, () -> {
            String before = params.get(key);
            if (before == null) {
                append(List.of(event));
                params.put(key, text);
            } else if (!before.equals(text)) {
                throw new IllegalArgumentException("parameter \"" + key + "\" of run \"" + name()
                        + "\" must not change, was \"" + shown(before) + "\", now \"" + shown(text)
                        + "\"; use another key, or a metric for what changes");
            }
        });
    }

    /** Adds a point to a metric at its next step: 0 first, then one more than the greatest step so far. */
    public void metric(String key, double value) {
        requireNonNull(key, "key");
        locked("metric", key, () -> appendMetrics(List.of(atNextStep(key, value, clock.instant()))));
    }

    /**
     * Adds a point to a metric.
     *
     * @param value any double; NaN is kept, MLflow stores infinities as plus or minus the greatest finite double
     * @param step any long; MLflow keeps two equal values of one step and millisecond as one point
     */
    public void metric(String key, double value, long step) {
        RunEvent.Metric event = new RunEvent.Metric(id(), key, new MetricPoint(value, step, clock.instant()));
        locked("metric", key, () -> appendMetrics(List.of(event)));
    }

    /**
     * Adds a point to each of these metrics, each at its next step, with one write.
     *
     * @throws ExperimentStoreException when not all could be written. On a disk that filled in the middle some were: its
     *     message names them, and only the others may be repeated
     */
    public void metrics(Map<String, Double> values) {
        locked("metrics", String.valueOf(values.keySet()), () -> {
            Instant now = clock.instant();
            appendMetrics(values.entrySet().stream()
                    .map(entry -> atNextStep(entry.getKey(), entry.getValue(), now))
                    .toList());
        });
    }

    /**
     * Sets or replaces a tag.
     *
     * @param value at most 8000 characters
     */
    public void tag(String key, String value) {
        RunEvent event = new RunEvent.Tag(id(), clock.instant(), key, value);
        locked("tag", key, () -> append(List.of(event)));
    }

    /** Copies a file into the store, under its own name. */
    public void artifact(Path file) {
        Path name = requireNonNull(file, "file").getFileName();
        artifact(name == null ? "" : name.toString(), file);
    }

    /**
     * Copies a file into the store.
     *
     * @param path relative, with {@code /} between its segments; what stood there is replaced
     * @throws IllegalArgumentException also when there is no such regular file
     */
    public void artifact(String path, Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("artifact \"" + path + "\" must be a regular file, was " + file);
        }
        try (InputStream content = new FileInputStream(file.toFile())) {
            store(path, content);
        } catch (IOException failure) {
            throw new ExperimentStoreException("cannot read " + file + " to store it as an artifact", failure);
        }
    }

    /** Stores a text as an artifact, in UTF-8; see {@link #artifact(String, Path)}. */
    public void artifact(String path, String text) {
        artifact(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Stores bytes as an artifact; see {@link #artifact(String, Path)}. */
    public void artifact(String path, byte[] content) {
        store(path, new ByteArrayInputStream(content));
    }

    /** Ends the run as {@link RunStatus#FAILED}; the class of the cause becomes the tag {@code melancia.error}. */
    public void fail(Throwable cause) {
        RunEvent error = new RunEvent.Tag(
                id(), clock.instant(), "melancia.error", cause.getClass().getName());
        end(RunOutcome.FAILED, List.of(error));
    }

    /** Ends the run. */
    public void end(RunOutcome outcome) {
        end(outcome, List.of());
    }

    /** Ends the run as {@link RunStatus#FINISHED} when it has not ended; otherwise does nothing. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (status == RunStatus.RUNNING) {
                end(RunOutcome.FINISHED);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return "Run[" + name() + ", " + id() + ", " + status() + "]";
    }

    private void end(RunOutcome outcome, List<RunEvent> before) {
        RunEvent ended = new RunEvent.Ended(id(), clock.instant(), outcome);
        locked("outcome", outcome.name(), () -> {
            append(Stream.concat(before.stream(), Stream.of(ended)).toList());
            status = RunStatus.of(outcome);
        });
    }

    private void store(String path, InputStream content) {
        RunEvent.Artifact checked = new RunEvent.Artifact(id(), clock.instant(), path, 0);
        locked("artifact", path, () -> {});
        long bytes = artifacts.put(checked, content);
        RunEvent event = new RunEvent.Artifact(id(), checked.at(), path, bytes);
        locked("artifact", path, () -> append(List.of(event)));
    }

    private RunEvent.Metric atNextStep(String key, double value, Instant now) {
        return new RunEvent.Metric(id(), key, new MetricPoint(value, nextSteps.getOrDefault(key, 0L), now));
    }

    private void appendMetrics(List<RunEvent.Metric> events) {
        try {
            journal.appendAll(events.stream().map(EventCodec::encode).toList());
        } catch (JournalException failure) {
            List<RunEvent.Metric> recorded = events.subList(0, failure.recorded());
            advance(recorded);
            String names = recorded.isEmpty()
                    ? ""
                    : "; recorded, and not to be repeated: "
                            + recorded.stream().map(RunEvent.Metric::key).collect(Collectors.joining(", "));
            throw new ExperimentStoreException(failure.getMessage() + names, failure);
        }
        advance(events);
    }

    private void advance(List<RunEvent.Metric> recorded) {
        for (RunEvent.Metric event : recorded) {
            long step = event.point().step();
            nextSteps.merge(event.key(), step == Long.MAX_VALUE ? step : step + 1, Math::max);
        }
    }

    /** One at a time, so that nothing stands behind the end of the run and a parameter has one value. */
    private void locked(String what, String key, Runnable action) {
        lock.lock();
        try {
            if (status != RunStatus.RUNNING) {
                throw new IllegalStateException("run \"" + name() + "\" (" + id() + ") is " + status + "; " + what
                        + " \"" + shown(key) + "\" was not recorded");
            }
            action.run();
        } finally {
            lock.unlock();
        }
    }

    private void append(List<? extends RunEvent> events) {
        try {
            journal.appendAll(events.stream().map(EventCodec::encode).toList());
        } catch (JournalException failure) {
            throw new ExperimentStoreException(String.valueOf(failure.getMessage()), failure);
        }
    }

    private static String shown(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }
}

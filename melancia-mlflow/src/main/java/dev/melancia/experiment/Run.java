package dev.melancia.experiment;

import static java.util.Objects.requireNonNull;

import dev.melancia.mlflow.artifact.ArtifactTable;
import dev.melancia.mlflow.event.DatasetInput;
import dev.melancia.mlflow.event.MendedText;
import dev.melancia.mlflow.event.MetricPoint;
import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.event.RunOutcome;
import dev.melancia.mlflow.event.TraceEvent;
import dev.melancia.mlflow.event.TraceTarget;
import dev.melancia.mlflow.trace.Assessment;
import dev.melancia.mlflow.trace.Trace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An experiment run while it is recorded. To read what was recorded, see {@link RecordedRun}.
 *
 * <p>Every method appends to the local journal and returns; nothing waits for a server, unless the tracker is
 * {@linkplain ExperimentTrackerBuilder#synchronous synchronous}. What a method accepted survives kill -9 of this process.
 * Keys have 1 to 250 characters: letters, digits, {@code _ - . : /} and space. Every recording method throws
 * IllegalArgumentException for what breaks a rule, IllegalStateException when the run has ended, and
 * {@link ExperimentStoreException} when the folder cannot be written; nothing was recorded then, unless the message names
 * what was: of several items of one call, those before the disk was full. Repeat the others only.
 *
 * <p>Closing a run that has no outcome yet makes it {@link RunStatus#FINISHED}, also when the block it was opened for
 * threw: call {@link #fail} in the catch clause, or let {@link ExperimentTracker#inRun} do so. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Run implements AutoCloseable {

    /** Tag with the class of the error that a run failed with. */
    static final String ERROR = "melancia.error";

    /** Tag with the message of that error, where it was asked for. */
    static final String ERROR_MESSAGE = "melancia.error.message";

    private static final int MAX_TAG_VALUE = 8000;

    private final RunRecorder recorder;
    private final RunFiles files;

    private Run(RunRecorder recorder, String tables) {
        this.recorder = recorder;
        this.files = new RunFiles(recorder, tables);
    }

    static Run start(RunParts parts, RunEvent.Started started, List<? extends RunEvent> with) {
        return new Run(RunRecorder.start(parts, started, with), "");
    }

    static Run resume(RunParts parts, ResumableRun run) {
        return new Run(RunRecorder.resume(parts, run), run.tables());
    }

    /** 32 hexadecimal digits; in MLflow the tag {@code melancia.run_id}. */
    public String id() {
        return recorder.started().runId();
    }

    /** The name it was started with. */
    public String name() {
        return recorder.started().name();
    }

    /** Running, or how it ended. */
    public RunStatus status() {
        return recorder.status();
    }

    /**
     * Starts a run that is part of this one, in the same experiment. It has an end of its own: close it, best in a try
     * statement inside this one's.
     *
     * @param name 1 to 250 characters, need not be unique
     */
    public Run startNested(String name) {
        RunParts parts = recorder.parts();
        RunEvent.Started child = parts.newRun(recorder.started().experiment(), name);
        recorder.requireRunning("nested run", name);
        return start(parts, child, List.of(new RunEvent.Nested(child.runId(), child.at(), id())));
    }

    /**
     * Sets a parameter, once and for all; the same value again does nothing.
     *
     * @param value its {@code toString()} is kept, at most 6000 characters
     * @throws IllegalArgumentException also when the parameter already has another value; its message tells the first 60
     *     characters of both
     */
    public void param(String key, Object value) {
        recorder.params(List.of(paramOf(key, value)));
    }

    /** Sets several parameters with one write: all of them, or none when one breaks a rule; see {@link #param}. */
    public void params(Map<String, ?> values) {
        recorder.params(values.entrySet().stream()
                .map(entry -> paramOf(entry.getKey(), entry.getValue()))
                .toList());
    }

    private RunEvent.Param paramOf(String key, Object value) {
        String text = requireNonNull(value, "value").toString();
        return new RunEvent.Param(id(), recorder.now(), key, text);
    }

    /** Adds a point to a metric at its next step: 0 first, then one more than the greatest step so far. */
    public void metric(String key, double value) {
        recorder.metrics(Map.of(key, value));
    }

    /**
     * Adds a point to a metric.
     *
     * @param value any double; NaN is kept, MLflow stores infinities as plus or minus the greatest finite double
     * @param step any long; MLflow keeps two equal values of one step and millisecond as one point
     */
    public void metric(String key, double value, long step) {
        metric(key, new MetricPoint(value, step, recorder.now()));
    }

    /** Adds a point with a time of its own, such as one that was measured earlier; see {@link MetricPoint}. */
    public void metric(String key, MetricPoint point) {
        recorder.metric(new RunEvent.Metric(id(), key, point));
    }

    /**
     * Adds a point to each of these metrics, each at its next step, with one write.
     *
     * @throws ExperimentStoreException when not all could be written; see {@link Run}
     */
    public void metrics(Map<String, Double> values) {
        recorder.metrics(values);
    }

    /**
     * Sets or replaces a tag.
     *
     * @param value at most 8000 characters
     */
    public void tag(String key, String value) {
        recorder.append("tag", key, List.of(tagOf(key, value)));
    }

    private RunEvent tagOf(String key, String value) {
        return new RunEvent.Tag(id(), recorder.now(), key, value);
    }

    /** Says that this run used a dataset; the same one again changes nothing. */
    public void dataset(DatasetInput dataset) {
        recorder.append("dataset", dataset.name(), List.of(new RunEvent.Dataset(id(), recorder.now(), dataset)));
    }

    /**
     * Records a call that was part of this run, with what people and scorers say of it; again changes nothing. Texts of the
     * trace are content: they are in the folder, and go to the server, as they are given.
     */
    public void trace(Trace trace, List<Assessment> assessments) {
        TraceTarget target = new TraceTarget(trace.id(), recorder.started().experiment(), Optional.of(id()));
        Instant now = recorder.now();
        List<TraceEvent> events = new ArrayList<>(List.of(new TraceEvent.Spans(target, now, trace.toOtlpJson())));
        assessments.forEach(said -> events.add(new TraceEvent.Assessed(target, now, said.toJson())));
        recorder.traced(trace.id(), events);
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
        files.put(path, file);
    }

    /** Stores a text as an artifact, in UTF-8; see {@link #artifact(String, Path)}. */
    public void artifact(String path, String text) {
        artifact(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Stores bytes as an artifact; see {@link #artifact(String, Path)}. */
    public void artifact(String path, byte[] content) {
        files.put(path, content);
    }

    /**
     * Copies all regular files in and below a folder into the store; links to folders are not followed.
     *
     * @param path what they stand under; empty for the root of the run
     * @throws IllegalArgumentException also when it is no folder, or a name in it cannot be an artifact's
     */
    public void artifacts(String path, Path folder) {
        files.putAll(path, folder);
    }

    /**
     * Stores a value as a JSON file, which MLflow's pages show with its structure.
     *
     * @param path as of an artifact, best ending in {@code .json}
     * @param value maps, lists, texts, numbers, booleans and records of these; a NaN becomes the text {@code "NaN"}
     * @throws IllegalArgumentException also when the value cannot be written as JSON
     */
    public void json(String path, Object value) {
        files.putJson(path, requireNonNull(value, "value"));
    }

    /**
     * Stores a table, which MLflow's pages show as one and its Python client reads with {@code load_table}.
     *
     * @param path as of an artifact, ending in {@code .json}; a table that stood there is replaced
     * @param rows each with as many cells as there are columns. Numbers and booleans are kept, null, NaN and infinities
     *     are empty, of everything else the {@code toString()} is kept
     * @throws IllegalArgumentException also when the path ends otherwise or a row has another length
     */
    public void table(String path, List<String> columns, List<? extends List<? extends @Nullable Object>> rows) {
        if (!path.endsWith(".json")) {
            throw new IllegalArgumentException("path of a table must end in .json, was \"" + path + '"');
        }
        files.table(path, ArtifactTable.of(columns, rows).json());
    }

    /** Ends the run as {@link RunStatus#FAILED}; the class of the cause becomes the tag {@code melancia.error}. */
    public void fail(Throwable cause) {
        recorder.end(RunOutcome.FAILED, List.of(tagOf(ERROR, cause.getClass().getName())));
    }

    /**
     * As {@link #fail}, and the cause's message becomes the tag {@code melancia.error.message}, cut at 8000 characters. Not
     * where messages may repeat a prompt, an answer or a key.
     */
    public void failWithMessage(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        String kept = message.codePointCount(0, message.length()) <= MAX_TAG_VALUE
                ? message
                : message.substring(0, message.offsetByCodePoints(0, MAX_TAG_VALUE));
        recorder.end(
                RunOutcome.FAILED,
                List.of(tagOf(ERROR, cause.getClass().getName()), tagOf(ERROR_MESSAGE, MendedText.of(kept))));
    }

    /** The folder that refused a figure may refuse the failure too; the first error is the one to tell. */
    <E extends Exception> void during(Work<E> work) throws E {
        try {
            work.with(this);
        } catch (Exception | Error failure) {
            try {
                if (status() == RunStatus.RUNNING) {
                    fail(failure);
                }
            } catch (RuntimeException again) {
                failure.addSuppressed(again);
            }
            throw failure;
        }
    }

    /** Ends the run. */
    public void end(RunOutcome outcome) {
        recorder.end(outcome, List.of());
    }

    /** Ends the run as {@link RunStatus#FINISHED} when it has not ended; otherwise does nothing. */
    @Override
    public void close() {
        recorder.close();
    }

    @Override
    public String toString() {
        return "Run[" + name() + ", " + id() + ", " + status() + "]";
    }

    /**
     * Something that is done while a run is recorded.
     *
     * @param <E> what it may throw
     * @since 0.1.0
     */
    @FunctionalInterface
    public interface Work<E extends Exception> {
        /** Does it; the caller ends the run. */
        void with(Run run) throws E;
    }
}

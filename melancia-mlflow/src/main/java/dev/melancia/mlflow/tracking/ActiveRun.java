package dev.melancia.mlflow.tracking;

import static java.util.Objects.requireNonNull;

import dev.melancia.mlflow.artifact.ArtifactTable;
import dev.melancia.mlflow.artifact.Artifacts;
import dev.melancia.mlflow.event.DatasetInput;
import dev.melancia.mlflow.event.MetricPoint;
import dev.melancia.mlflow.event.RunOutcome;
import dev.melancia.mlflow.rest.MlflowException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A run of the server while it is recorded; every method waits until the server has it. Its methods are named as those of
 * {@code dev.melancia.experiment.Run}, which never waits for a server and survives one that is down.
 *
 * <p>Keys have 1 to 250 characters: letters, digits, {@code _ - . : /} and space. Every recording method throws
 * IllegalArgumentException for what breaks a rule, IllegalStateException when the run has ended, and
 * {@link MlflowException} when the server fails or refuses.
 *
 * <p>Closing a run that has no outcome yet makes it {@code FINISHED}, also when the block it was opened for threw: call
 * {@link #fail} in the catch clause. Thread-safe; one request at a time, artifacts aside.
 *
 * @since 0.1.0
 */
public final class ActiveRun implements AutoCloseable {

    private static final int LONGEST_TAG = 8000;

    private final Runs runs;
    private final ServerRun run;
    private final Optional<SourceFacts> source;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Long> nextSteps = new HashMap<>();
    private final AtomicReference<@Nullable Artifacts> artifacts = new AtomicReference<>();
    private volatile ServerRun.Status status = ServerRun.Status.RUNNING;
    private RunOutcome atClose = RunOutcome.FINISHED;

    ActiveRun(Runs runs, ServerRun run, Optional<SourceFacts> source) {
        this.runs = runs;
        this.run = run;
        this.source = source;
        run.metrics().forEach((key, latest) -> advance(key, latest.step()));
    }

    /** The server's id, 32 hexadecimal digits. */
    public String id() {
        return run.id();
    }

    /** The name it was started with, or the one that the server made up. */
    public String name() {
        return run.name();
    }

    /** Id of the experiment it belongs to. */
    public String experimentId() {
        return run.experimentId();
    }

    /** Running, or how it was ended here; does not wait for a request that is on its way. */
    public ServerRun.Status status() {
        return status;
    }

    /**
     * Sets a parameter, once and for all; the same value again does nothing.
     *
     * @param value its {@code toString()} is kept, at most 6000 characters
     * @throws IllegalArgumentException also when the parameter already has another value; the message tells both
     */
    public void param(String key, Object value) {
        log("parameter", key, RunBatch.builder().param(key, value));
    }

    /** Sets parameters, as {@link #param} does each. */
    public void params(Map<String, ?> values) {
        RunBatch.Builder batch = RunBatch.builder();
        values.forEach(batch::param);
        log("parameters", values.keySet().toString(), batch);
    }

    /** Adds a point to a metric at its next step: 0 first, then one more than the greatest step so far. */
    public void metric(String key, double value) {
        metrics(Map.of(key, value));
    }

    /**
     * Adds a point to a metric.
     *
     * @param value any double; NaN is kept, MLflow stores infinities as plus or minus the greatest finite double
     * @param step any long; MLflow keeps two equal values of one step and millisecond as one point
     */
    public void metric(String key, double value, long step) {
        metric(key, new MetricPoint(value, step, runs.now()));
    }

    /** Adds a point with a time of its own to a metric. */
    public void metric(String key, MetricPoint point) {
        recorded("metric", key, () -> {
            runs.metric(id(), key, point);
            advance(key, point.step());
        });
    }

    /** Adds a point to each of these metrics, each at its next step, with one request for a thousand. */
    public void metrics(Map<String, Double> values) {
        recorded("metrics", values.keySet().toString(), () -> {
            Map<String, MetricPoint> points = new HashMap<>();
            values.forEach((key, value) ->
                    points.put(key, new MetricPoint(value, nextSteps.getOrDefault(key, 0L), runs.now())));
            RunBatch.Builder batch = RunBatch.builder();
            points.forEach(batch::metric);
            runs.log(id(), batch.build());
            points.forEach((key, point) -> advance(key, point.step()));
        });
    }

    /**
     * Sets or replaces a tag.
     *
     * @param value at most 8000 characters
     */
    public void tag(String key, String value) {
        log("tag", key, RunBatch.builder().tag(key, value));
    }

    /** Sets or replaces tags, as {@link #tag} does each. */
    public void tags(Map<String, String> values) {
        RunBatch.Builder batch = RunBatch.builder();
        values.forEach(batch::tag);
        log("tags", values.keySet().toString(), batch);
    }

    /** Records a batch; see {@link Runs#log}. Steps of later metrics without a step do not count those in it. */
    public void log(RunBatch batch) {
        recorded("batch", batch.toString(), () -> runs.log(id(), batch));
    }

    /** Tells that the run used a dataset; the same one again changes nothing. */
    public void dataset(DatasetInput dataset) {
        recorded("dataset", dataset.name(), () -> runs.datasets(id(), List.of(dataset)));
    }

    /** Stores a file under its own name. */
    public void artifact(Path file) {
        Path name = requireNonNull(file, "file").getFileName();
        artifact(name == null ? "" : name.toString(), file);
    }

    /**
     * Stores a file.
     *
     * @param path relative, with {@code /} between its segments; what stood there is replaced
     * @throws IllegalArgumentException also when there is no such regular file
     */
    public void artifact(String path, Path file) {
        artifacts(path).put(path, file);
    }

    /** Stores a text as an artifact, in UTF-8; see {@link #artifact(String, Path)}. */
    public void artifact(String path, String text) {
        artifacts(path).putText(path, text);
    }

    /** Stores bytes as an artifact; see {@link #artifact(String, Path)}. */
    public void artifact(String path, byte[] content) {
        artifacts(path).put(path, content);
    }

    /** Stores the files in and below a folder; see {@link Artifacts#putFolder}. */
    public void artifacts(String path, Path folder) {
        artifacts(path).putFolder(path, folder);
    }

    /** Stores a value as JSON; see {@link Artifacts#putJson}. */
    public void json(String path, Object value) {
        artifacts(path).putJson(path, value);
    }

    /** Stores a table that the pages of the server show; see {@link ArtifactTable} and {@link Artifacts#putTable}. */
    public void table(String path, List<String> columns, List<? extends List<? extends @Nullable Object>> rows) {
        artifacts(path).putTable(path, ArtifactTable.of(columns, rows));
    }

    /** The files of this run, to read and to change them; always the same instance, so that no table is lost. */
    public Artifacts artifacts() {
        return requireNonNull(artifacts.updateAndGet(known -> known == null ? runs.artifacts(run) : known));
    }

    /** Not under the lock: a large file must not hold up the metrics. */
    private Artifacts artifacts(String path) {
        recorded("artifact", path, () -> {});
        return artifacts();
    }

    /** Starts a run inside this one, in the same experiment; it must be closed too, before or after this one. */
    public ActiveRun startNested(String name) {
        NewRun.Builder inside = NewRun.builder(experimentId()).name(name).parent(id());
        source.ifPresent(inside::source);
        recorded("nested run", name, () -> {});
        return runs.start(inside.build());
    }

    /** Ends the run as failed; the class of the cause becomes the tag {@code melancia.error}. */
    public void fail(Throwable cause) {
        fail(() -> tagged(cause));
    }

    /**
     * Ends the run as failed, with the message of the cause too, cut to 8000 characters, as the tag
     * {@code melancia.error.message}. Messages may hold prompts, answers and personal data, and everybody who may see the
     * run reads them; {@link #fail} leaves them out.
     */
    public void failWithMessage(Throwable cause) {
        fail(() -> tagged(cause).tag("melancia.error.message", mended(String.valueOf(cause.getMessage()))));
    }

    private static RunBatch.Builder tagged(Throwable cause) {
        return RunBatch.builder().tag(Runs.ERROR, cause.getClass().getName());
    }

    /** U+0000 and lone surrogates, which MLflow's databases refuse, become U+FFFD. */
    private static String mended(String message) {
        return message.codePoints()
                .limit(LONGEST_TAG)
                .map(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? 0xFFFD : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private void fail(Supplier<RunBatch.Builder> error) {
        recorded("outcome", RunOutcome.FAILED.name(), () -> {
            atClose = RunOutcome.FAILED; // Whatever fails from here on, closing must not call it finished.
            runs.log(id(), error.get().build());
            end(RunOutcome.FAILED);
        });
    }

    /** Ends the run. */
    public void end(RunOutcome outcome) {
        recorded("outcome", outcome.name(), () -> {
            atClose = outcome;
            runs.end(id(), outcome);
            status = ServerRun.Status.of(outcome.name());
        });
    }

    /**
     * Ends the run as finished, or as {@link #fail} or {@link #end} asked for when the server failed then; does nothing when
     * it has ended.
     */
    @Override
    public void close() {
        lock.lock();
        try {
            if (status == ServerRun.Status.RUNNING) {
                end(atClose);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return "ActiveRun[" + name() + ", " + id() + ", " + status() + "]";
    }

    private void log(String what, String key, RunBatch.Builder batch) {
        recorded(what, key, () -> runs.log(id(), batch.build()));
    }

    private void advance(String key, long step) {
        nextSteps.merge(key, step == Long.MAX_VALUE ? step : step + 1, Math::max);
    }

    /** One at a time: identical requests that meet in the server's database are refused. */
    private void recorded(String what, String key, Runnable request) {
        lock.lock();
        try {
            if (status != ServerRun.Status.RUNNING) {
                String shown = key.length() <= 60 ? key : key.substring(0, 60) + "...";
                throw new IllegalStateException("run \"" + name() + "\" (" + id() + ") is " + status + "; " + what
                        + " \"" + shown + "\" was not recorded");
            }
            request.run();
        } finally {
            lock.unlock();
        }
    }
}

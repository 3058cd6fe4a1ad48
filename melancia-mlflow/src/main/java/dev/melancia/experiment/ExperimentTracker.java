package dev.melancia.experiment;

import static java.util.Objects.requireNonNull;

import dev.melancia.journal.CompactionResult;
import dev.melancia.journal.Journal;
import dev.melancia.mlflow.event.MetricPoint;
import dev.melancia.mlflow.rest.MlflowSettings;
import dev.melancia.mlflow.upload.UploadStats;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Records experiment runs in a local folder and, when a server is named, brings them to MLflow in the background. Not for
 * the calls of production: those are call records.
 *
 * <p>The folder is a queue and a store at once: what a {@link Run} accepted is there, whatever happens to the process or
 * the server. Any number of processes may share a folder; one of them at a time uploads. Defaults: folder
 * {@code ./melancia-runs}, experiment {@code default}, no server. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ExperimentTracker implements AutoCloseable {

    private final String experiment;
    private final Duration closeTimeout;
    private final Journal journal;
    private final RunStore store;
    private final TrackerUploads uploads;
    private final RunParts parts;
    private final AtomicReference<Optional<String>> toResume;

    ExperimentTracker(ExperimentTrackerBuilder builder) {
        this.experiment = builder.experiment;
        this.closeTimeout = builder.closeTimeout;
        // Names of segments and their age go by the system's time: a clock that is simulated is for what was recorded.
        InstantSource time = InstantSource.system();
        this.journal = Journal.open(builder.folder, Journal.DEFAULT_SEGMENT_BYTES, builder.folderLimit, time);
        this.store = new RunStore(builder.folder);
        this.uploads = new TrackerUploads(builder.folder, builder.mlflow);
        this.parts = new RunParts(journal, builder.clock, builder.origin, uploads.acknowledgement(builder.limit));
        this.toResume = new AtomicReference<>(builder.toResume);
    }

    /** A tracker on this folder, which is created with the first run. */
    public static ExperimentTrackerBuilder builder(Path folder) {
        return new ExperimentTrackerBuilder(folder);
    }

    /**
     * A tracker as the environment says: {@code MLFLOW_TRACKING_URI} with its credentials (see
     * {@link MlflowSettings#fromEnvironment}) names the server, {@code MLFLOW_EXPERIMENT_NAME} the experiment, or else
     * {@code MLFLOW_EXPERIMENT_ID}, for which the server is asked at once; without them runs stay in {@code ./melancia-runs}.
     * With {@code MLFLOW_RUN_ID} the first run that is started is that one, resumed: a run of this folder by its
     * {@link Run#id()}, in MLflow the tag {@code melancia.run_id}, not by the run id of MLflow.
     *
     * @throws IllegalArgumentException when a variable has a form that cannot be used
     * @throws dev.melancia.mlflow.rest.MlflowException when the server has to be asked and does not answer
     */
    public static ExperimentTracker fromEnvironment() {
        return fromEnvironment(Path.of("melancia-runs"), System.getenv());
    }

    /** As {@link #fromEnvironment()}, with another folder and a given environment. */
    public static ExperimentTracker fromEnvironment(Path folder, Map<String, String> environment) {
        ExperimentTrackerBuilder builder = builder(folder);
        new TrackerEnvironment(environment).configure(builder);
        return builder.build();
    }

    /**
     * Starts a run. Close it, best in a try statement.
     *
     * @param name 1 to 250 characters, need not be unique
     * @throws IllegalArgumentException when the name breaks that rule, or {@code MLFLOW_RUN_ID} names no run of the folder
     * @throws ExperimentStoreException when the folder cannot be written
     * @throws NotDeliveredException from a synchronous tracker; the run is in the folder, ended as killed
     */
    public Run startRun(String name) {
        Optional<String> before = toResume.getAndSet(Optional.empty());
        if (before.isEmpty()) {
            return Run.start(parts, parts.newRun(experiment, name), List.of());
        }
        try {
            return Run.resume(parts, named(before.get()));
        } catch (RuntimeException failure) {
            toResume.set(before); // Or the next call would start another run in silence.
            throw failure;
        }
    }

    private ResumableRun named(String runId) {
        if (store.find(runId).isEmpty()) {
            throw new IllegalArgumentException(TrackerEnvironment.RUN + " must be the id of a run in the folder "
                    + folder() + ", as MLflow shows it in the tag melancia.run_id, not the run id of MLflow; was \""
                    + runId + "\". Set it to the value of that tag, or unset it");
        }
        return store.resumable(runId);
    }

    /**
     * Goes on with a run of this folder that has ended or whose process is gone. It is running again; its parameters
     * still cannot be changed, and metrics go on behind their greatest step. Not for a run that is recorded elsewhere at
     * the same time.
     *
     * @param runId {@link Run#id()}, in MLflow the tag {@code melancia.run_id}
     * @throws IllegalArgumentException when the folder has no such run
     * @throws ExperimentStoreException when the folder cannot be read or written
     */
    public Run resume(String runId) {
        return Run.resume(parts, store.resumable(requireNonNull(runId, "runId")));
    }

    /**
     * Starts a run for a piece of work and ends it: finished when the work returns, failed when it throws, which is thrown
     * on.
     *
     * @throws E what the work throws
     */
    public <E extends Exception> void inRun(String name, Run.Work<E> work) throws E {
        try (Run run = startRun(name)) {
            run.during(work);
        }
    }

    /** The runs of this experiment in the folder, of this process and others. */
    public RecordedRuns recorded() {
        return new RecordedRuns(store, folder(), Optional.of(experiment));
    }

    /**
     * All runs of this experiment in the folder, of this process and others, in the order of their starts.
     *
     * @throws ExperimentStoreException when the folder cannot be read
     */
    public List<RecordedRun> runs() {
        return recorded().all();
    }

    /** The runs of this experiment that a filter finds; see {@link RecordedRuns#search}. */
    public List<RecordedRun> search(String filter, List<String> orderBy, int limit) {
        return recorded().search(filter, orderBy, limit);
    }

    /** The run of this experiment with the best latest value; see {@link RecordedRuns#best}. */
    public Optional<RecordedRun> bestRun(String metric, boolean higherIsBetter) {
        return recorded().best(metric, higherIsBetter);
    }

    /** The run with this id, of whatever experiment in the folder; throws as {@link #runs()}. */
    public Optional<RecordedRun> find(String runId) {
        return recorded().find(runId);
    }

    /** All points of a metric by step and time; see {@link RecordedRuns#history}. */
    public List<MetricPoint> history(String runId, String metric) {
        return recorded().history(runId, metric);
    }

    /** Folder of its journal, for others who write events into journals of their own there, which it brings to the server too. */
    public Path folder() {
        return journal.folder();
    }

    /** Name of the experiment of its runs. */
    public String experiment() {
        return experiment;
    }

    /** Runs side by side; see {@link RunComparison#of}. */
    public RunComparison compare(List<RecordedRun> runs) {
        return RunComparison.of(runs);
    }

    /**
     * Brings all that is in the folder, of every experiment, to a server and waits for it. May be repeated: what is there
     * is not sent again. When another uploader has the folder, this waits for it.
     *
     * @param limit how long to wait, at least 0
     * @throws ExperimentStoreException when the disk refuses
     */
    public PushResult push(MlflowSettings settings, Duration limit) {
        parts.sync();
        return uploads.push(settings, limit);
    }

    /**
     * Brings what was recorded to the disk, so that it survives a power loss, and waits for its delivery to the server if
     * there is one.
     *
     * @param timeout how long to wait for the server
     * @return false when the server did not take everything in time; it stays in the folder and delivery goes on
     * @throws ExperimentStoreException when the disk refuses
     */
    public boolean flush(Duration timeout) {
        parts.sync();
        return uploads.flush(timeout);
    }

    /**
     * Makes the folder smaller: of runs whose writer has closed its journal, or was killed a day ago, points are packed and
     * replaced tags dropped. Nothing that can be read or uploaded is lost, and others may use the folder meanwhile. What a
     * server named for this folder has not got yet is left for later; a server that is not used any more is forgotten by
     * deleting its folder {@code mlflow-…} in the store. Takes seconds for a million points.
     *
     * @return what was done, or empty when somebody else compacts the folder, in this process or another one
     * @throws ExperimentStoreException when the folder cannot be read or written; nothing is lost
     */
    public Optional<CompactionResult> compact() {
        return Compaction.run(journal.folder(), InstantSource.system());
    }

    /** Events of this tracker that were not recorded, since the disk or the {@linkplain ExperimentTrackerBuilder#folderLimit limit} had no room. */
    public long refused() {
        return journal.refusedRecords();
    }

    /** What was delivered to the server; empty without one. */
    public Optional<UploadStats> uploads() {
        return uploads.stats();
    }

    /**
     * Waits for the server as long as the close time-out says, then stops. What is not delivered by then stays in the
     * folder for the next tracker on it, and a warning says so. Runs still open cannot be recorded to any more.
     */
    @Override
    public void close() {
        journal.close();
        uploads.close(closeTimeout);
    }
}

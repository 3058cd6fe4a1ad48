package dev.melancia.experiment;

import static java.util.Objects.requireNonNull;

import dev.melancia.journal.Journal;
import dev.melancia.journal.JournalException;
import dev.melancia.mlflow.event.MetricPoint;
import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.rest.MlflowSettings;
import dev.melancia.mlflow.upload.MlflowUploader;
import dev.melancia.mlflow.upload.UploadStats;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

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

    private static final Path DEFAULT_FOLDER = Path.of("melancia-runs");

    private final String experiment;
    private final InstantSource clock;
    private final Duration closeTimeout;
    private final Journal journal;
    private final RunStore store;
    private final Optional<MlflowUploader> uploader;

    private ExperimentTracker(Builder builder) {
        this.experiment = builder.experiment;
        this.clock = builder.clock;
        this.closeTimeout = builder.closeTimeout;
        this.journal = Journal.open(builder.folder, Journal.DEFAULT_SEGMENT_BYTES, clock);
        this.store = new RunStore(builder.folder);
        this.uploader = builder.mlflow.map(settings -> MlflowUploader.start(builder.folder, settings));
    }

    /** A tracker on this folder, which is created with the first run. */
    public static Builder builder(Path folder) {
        return new Builder(folder);
    }

    /**
     * A tracker as the environment says: {@code MLFLOW_TRACKING_URI} with its credentials (see
     * {@link MlflowSettings#fromEnvironment}) names the server, {@code MLFLOW_EXPERIMENT_NAME} the experiment; without
     * them runs stay in {@code ./melancia-runs}.
     *
     * @throws IllegalArgumentException when a variable has a form that cannot be used
     */
    public static ExperimentTracker fromEnvironment() {
        return fromEnvironment(DEFAULT_FOLDER, System.getenv());
    }

    /** As {@link #fromEnvironment()}, with another folder and a given environment. */
    public static ExperimentTracker fromEnvironment(Path folder, Map<String, String> environment) {
        Builder builder = builder(folder);
        String name = environment.getOrDefault("MLFLOW_EXPERIMENT_NAME", "").strip();
        if (!name.isEmpty()) {
            builder.experiment(name);
        }
        MlflowSettings.fromEnvironment(environment).ifPresent(builder::mlflow);
        return builder.build();
    }

    /**
     * Starts a run. Close it, best in a try statement.
     *
     * @param name 1 to 500 characters, need not be unique
     * @throws IllegalArgumentException when the name breaks that rule
     * @throws ExperimentStoreException when the folder cannot be written
     */
    public Run startRun(String name) {
        String id = UUID.randomUUID().toString().replace("-", "");
        return new Run(new RunEvent.Started(id, clock.instant(), experiment, name), journal, clock);
    }

    /**
     * All runs of this experiment in the folder, of this process and others, in the order of their starts.
     *
     * @throws ExperimentStoreException when the folder cannot be read
     */
    public List<RecordedRun> runs() {
        return store.runs(experiment);
    }

    /** The run with this id, of whatever experiment in the folder; throws as {@link #runs()}. */
    public Optional<RecordedRun> find(String runId) {
        return store.find(requireNonNull(runId, "runId"));
    }

    /**
     * All points of a metric by step and time; empty when there are none. Reads the whole folder; throws as
     * {@link #runs()}.
     */
    public List<MetricPoint> history(String runId, String metric) {
        return store.history(requireNonNull(runId, "runId"), requireNonNull(metric, "metric"));
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
     * Brings what was recorded to the disk, so that it survives a power loss, and waits for its delivery to the server if
     * there is one.
     *
     * @param timeout how long to wait for the server
     * @return false when the server did not take everything in time; it stays in the folder and delivery goes on
     * @throws ExperimentStoreException when the disk refuses
     */
    public boolean flush(Duration timeout) {
        try {
            journal.flush();
        } catch (JournalException failure) {
            throw new ExperimentStoreException(String.valueOf(failure.getMessage()), failure);
        }
        return uploader.map(active -> active.flush(timeout)).orElse(true);
    }

    /** What was delivered to the server; empty without one. */
    public Optional<UploadStats> uploads() {
        return uploader.map(MlflowUploader::stats);
    }

    /**
     * Waits for the server as long as the close time-out says, then stops. What is not delivered by then stays in the
     * folder for the next tracker on it, and a warning says so. Runs still open cannot be recorded to any more.
     */
    @Override
    public void close() {
        journal.close();
        uploader.ifPresent(active -> active.close(closeTimeout));
    }

    /**
     * Collects the settings of a tracker. Confined to one thread.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private final Path folder;
        private String experiment = "default";
        private InstantSource clock = InstantSource.system();
        private Duration closeTimeout = Duration.ofSeconds(5);
        private Optional<MlflowSettings> mlflow = Optional.empty();

        private Builder(Path folder) {
            this.folder = requireNonNull(folder, "folder");
        }

        /** Name of the experiment, 1 to 500 characters; checked when a run starts. */
        public Builder experiment(String name) {
            experiment = requireNonNull(name, "name");
            return this;
        }

        /** The server to bring the runs to. */
        public Builder mlflow(MlflowSettings settings) {
            mlflow = Optional.of(settings);
            return this;
        }

        /** How long {@link ExperimentTracker#close()} waits for the server, at least 0; 5 s unless set. */
        public Builder closeTimeout(Duration timeout) {
            if (timeout.isNegative()) {
                throw new IllegalArgumentException("closeTimeout must be at least 0, was " + timeout);
            }
            closeTimeout = timeout;
            return this;
        }

        /** The clock of runs and metrics. */
        public Builder clock(InstantSource source) {
            clock = requireNonNull(source, "source");
            return this;
        }

        /** The tracker. */
        public ExperimentTracker build() {
            return new ExperimentTracker(this);
        }
    }
}

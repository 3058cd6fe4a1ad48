package dev.melancia.experiment;

import static java.util.Objects.requireNonNull;

import dev.melancia.journal.Journal;
import dev.melancia.mlflow.event.TraceTarget;
import dev.melancia.mlflow.rest.MlflowSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Collects the settings of a tracker. Confined to one thread.
 *
 * @since 0.1.0
 */
public final class ExperimentTrackerBuilder {

    final Path folder;
    String experiment = "default";
    InstantSource clock = InstantSource.system();
    Duration closeTimeout = Duration.ofSeconds(5);
    Optional<MlflowSettings> mlflow = Optional.empty();
    Optional<Duration> limit = Optional.empty();
    long folderLimit = Journal.DEFAULT_LIMIT_BYTES;
    Optional<String> toResume = Optional.empty();
    Supplier<Map<String, String>> origin = new RunOrigin();

    ExperimentTrackerBuilder(Path folder) {
        this.folder = requireNonNull(folder, "folder");
    }

    /**
     * Name of the experiment; {@code default} unless set.
     *
     * @param name 1 to 256 characters
     * @throws IllegalArgumentException when it breaks that rule
     */
    public ExperimentTrackerBuilder experiment(String name) {
        new TraceTarget("0".repeat(32), name, Optional.empty()); // which knows the rule
        experiment = name;
        return this;
    }

    /** The server to bring the runs to. */
    public ExperimentTrackerBuilder mlflow(MlflowSettings settings) {
        mlflow = Optional.of(settings);
        return this;
    }

    /** How long {@link ExperimentTracker#close()} waits for the server, at least 0; 5 s unless set. */
    public ExperimentTrackerBuilder closeTimeout(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("closeTimeout must be at least 0, was " + timeout);
        }
        closeTimeout = timeout;
        return this;
    }

    /**
     * Lets every recording call wait for the server: it returns when the server has taken what was recorded, and throws
     * {@link NotDeliveredException} when the server refuses or does not take it within the limit. It is in the folder
     * in any case. Costs a request for each call; to find mistakes early, not for many points.
     *
     * @param limit longest wait of a call, above 0
     */
    public ExperimentTrackerBuilder synchronous(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("limit of a synchronous tracker must be above 0, was " + limit);
        }
        this.limit = Optional.of(limit);
        return this;
    }

    /** Starts runs without the tags that say who started them, from which program and commit. */
    public ExperimentTrackerBuilder withoutOrigin() {
        origin = Map::of;
        return this;
    }

    ExperimentTrackerBuilder resuming(String runId) {
        toResume = Optional.of(runId);
        return this;
    }

    /**
     * What the journal files in the folder may take together, those of other processes included; 10 GiB unless set. Beyond
     * it recording throws {@link ExperimentStoreException} and {@link ExperimentTracker#refused()} counts, until
     * {@link ExperimentTracker#compact()} or a deletion makes room.
     *
     * @param bytes at least 1
     */
    public ExperimentTrackerBuilder folderLimit(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("folderLimit must be at least 1 byte, was " + bytes);
        }
        folderLimit = bytes;
        return this;
    }

    /** The clock of runs and metrics; the files of the folder go by the system's. */
    public ExperimentTrackerBuilder clock(InstantSource source) {
        clock = requireNonNull(source, "source");
        return this;
    }

    /**
     * The tracker.
     *
     * @throws IllegalArgumentException when it shall be synchronous without a server
     */
    public ExperimentTracker build() {
        if (limit.isPresent() && mlflow.isEmpty()) {
            throw new IllegalArgumentException("a synchronous tracker must have a server; name it with mlflow(...)");
        }
        return new ExperimentTracker(this);
    }
}

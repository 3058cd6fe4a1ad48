package dev.melancia.experiment;

import static java.util.Objects.requireNonNull;

import dev.melancia.mlflow.event.MetricPoint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * The runs in a folder, for reading: of this process and others, with a server or without. To record, see
 * {@link ExperimentTracker}.
 *
 * <p>Every method reads what was appended since the last look, and throws {@link ExperimentStoreException} when the folder
 * cannot be read; a folder that is not there has no runs. Immutable view, thread-safe.
 *
 * @since 0.1.0
 */
public final class RecordedRuns {

    private final RunStore store;
    private final Path folder;
    private final Optional<String> experiment;

    RecordedRuns(RunStore store, Path folder, Optional<String> experiment) {
        this.store = store;
        this.folder = folder;
        this.experiment = experiment;
    }

    /** The runs of all experiments in this folder. */
    public static RecordedRuns of(Path folder) {
        return new RecordedRuns(new RunStore(requireNonNull(folder, "folder")), folder, Optional.empty());
    }

    /** The same, of one experiment only. */
    public RecordedRuns ofExperiment(String name) {
        return new RecordedRuns(store, folder, Optional.of(name));
    }

    /** Names of the experiments that have runs here, sorted. */
    public List<String> experiments() {
        return all().stream().map(RecordedRun::experiment).distinct().sorted().toList();
    }

    /** All runs in the order of their starts. */
    public List<RecordedRun> all() {
        return experiment.map(store::runs).orElseGet(store::runs);
    }

    /** The run with this id, whatever its experiment. */
    public Optional<RecordedRun> find(String runId) {
        return store.find(requireNonNull(runId, "runId"));
    }

    /**
     * The runs a filter of MLflow's {@code search_runs} finds; the same filter finds the same runs on the server.
     *
     * <p>{@code metrics.accuracy > 0.8 and params.model = 'phi3' and tags.`my tag` LIKE 'a%'}. Fields are
     * {@code metrics.<key>} (the latest value), {@code params.<key>}, {@code tags.<key>} and {@code attributes.} with
     * {@code status}, {@code run_name}, {@code run_id}, {@code start_time} and {@code end_time} (epoch milliseconds); a key
     * with other characters than letters, digits, {@code _} and {@code .} stands in back quotes. Numbers compare as numbers
     * ({@code = != < <= > >=}), texts as texts ({@code = != LIKE ILIKE}, with {@code %} and {@code _}); {@code IN} and
     * {@code NOT IN} take run ids; {@code IS NULL} and {@code IS NOT NULL} parameters and tags. A run without the field is not found,
     * whatever the comparison; NaN is found by {@code !=} only. Other than on the server a run whose process is gone has
     * the status {@code INTERRUPTED}, and {@code run_id} is {@link RecordedRun#id()}.
     *
     * @param filter empty for all runs
     * @param orderBy fields, each with {@code ASC} (default) or {@code DESC}; NaN and unknown values come last. After
     *     them the latest start comes first
     * @param limit most runs to return, at least 1
     * @throws IllegalArgumentException when filter or order cannot be understood; the message shows the place and what
     *     could stand there
     */
    public List<RecordedRun> search(String filter, List<String> orderBy, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, was " + limit);
        }
        RunFilter wanted = RunFilter.parse(filter);
        Comparator<RecordedRun> order = RunOrder.parse(orderBy);
        return all().stream().filter(wanted::matches).sorted(order).limit(limit).toList();
    }

    /**
     * The run with the best latest value of a metric, whatever its status; of equal ones the earliest. NaN never wins, and a
     * run without the metric takes no part.
     *
     * @return empty when no run has a value that is a number
     */
    public Optional<RecordedRun> best(String metric, boolean higherIsBetter) {
        requireNonNull(metric, "metric");
        Comparator<RecordedRun> worseFirst = Comparator.comparingDouble(run -> last(run, metric));
        Comparator<RecordedRun> order = higherIsBetter ? worseFirst.reversed() : worseFirst;
        return all().stream()
                .filter(run -> run.metrics().containsKey(metric) && !Double.isNaN(last(run, metric)))
                .min(order.thenComparing(RecordedRun::startedAt));
    }

    /** 0.0 and -0.0 are one value. */
    private static double last(RecordedRun run, String metric) {
        MetricSummary summary = run.metrics().get(metric);
        return summary == null ? Double.NaN : summary.last() + 0.0;
    }

    /** All points of a metric by step and time; empty when there are none. Reads the whole folder. */
    public List<MetricPoint> history(String runId, String metric) {
        return store.history(requireNonNull(runId, "runId"), requireNonNull(metric, "metric"));
    }

    /**
     * All points of all metrics of these runs, by run id and metric key, each by step and time. Reads the folder once and
     * holds every point in memory.
     */
    public Map<String, SortedMap<String, List<MetricPoint>>> histories(Collection<String> runIds) {
        return store.histories(runIds);
    }

    /**
     * Paths of a run's artifacts that begin with a text, sorted; see also {@link RecordedRun#artifacts()}.
     *
     * @param start such as {@code plots/}; empty for all
     */
    public List<String> artifacts(String runId, String start) {
        return find(runId).stream()
                .flatMap(run -> run.artifacts().keySet().stream())
                .filter(path -> path.startsWith(start))
                .toList();
    }

    /**
     * Opens an artifact; close it.
     *
     * @throws IllegalArgumentException when there is no such run or artifact
     * @throws ExperimentStoreException when its file is gone or cannot be read
     */
    public InputStream open(String runId, String path) {
        Path file = find(runId)
                .flatMap(run -> Optional.ofNullable(run.artifacts().get(path)))
                .orElseThrow(() -> new IllegalArgumentException(
                        "run " + runId + " in " + folder + " has no artifact \"" + path + '"'));
        try {
            return Files.newInputStream(file);
        } catch (IOException failure) {
            throw new ExperimentStoreException("cannot open the artifact \"" + path + "\" of run " + runId, failure);
        }
    }

    @Override
    public String toString() {
        return Stream.concat(Stream.of(folder.toString()), experiment.stream())
                .toList()
                .toString();
    }
}

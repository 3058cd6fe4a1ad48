package dev.melancia.comparison;

import static java.util.Objects.requireNonNull;

import dev.melancia.experiment.RecordedRun;
import dev.melancia.experiment.RecordedRuns;
import dev.melancia.experiment.RunComparison;
import dev.melancia.mlflow.event.MetricPoint;
import dev.melancia.stats.Holm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * Runs compared: the parameters that differ, and every metric with the best run where one can be named.
 *
 * <p>The latest values of a metric stand side by side; how noisy they are is unknown, unless an interval stands beside them as
 * {@code /low} and {@code /high}. Earlier points are taken for a curve, such as a loss over training steps: they are not
 * independent, so that no test of them means anything.
 *
 * <p>Points are samples, one for each case such as a question, when {@link Settings#samples} names the metric, or when all
 * runs record the same datasets (name and digest) that are not for training. Where such a metric has at least two points in
 * each run that has it, the means are compared, step by step where the runs have the same steps and no datasets that differ,
 * and all tests are corrected together. Do not record a curve in runs that record the dataset they were evaluated on.
 * Immutable.
 *
 * @since 0.1.0
 */
public final class RunsReport {

    /** Most runs in a report; with more, hardly any test could show anything. */
    public static final int MOST_RUNS = 50;

    private final RunComparison comparison;
    private final List<ComparedMetric> metrics;
    private final int tests;

    private RunsReport(RunComparison comparison, List<MetricDraft> drafts) {
        this.comparison = comparison;
        double[] adjusted = Holm.adjust(
                drafts.stream().flatMapToDouble(MetricDraft::pValues).toArray());
        List<ComparedMetric> corrected = new ArrayList<>();
        int next = 0;
        for (MetricDraft draft : drafts) {
            int count = (int) draft.pValues().count();
            corrected.add(draft.corrected(Arrays.copyOfRange(adjusted, next, next + count)));
            next += count;
        }
        this.metrics = List.copyOf(corrected);
        this.tests = adjusted.length;
    }

    /**
     * How metrics are to be read. Immutable.
     *
     * @param directions whether more or less is better
     * @param samples metrics that have a point for each case, such as a question, whatever datasets the runs record
     * @since 0.1.0
     */
    public record Settings(MetricDirections directions, Set<String> samples) {

        /** Directions by usual names, no metric named as samples. */
        public static final Settings STANDARD = new Settings(MetricDirections.standard(), Set.of());

        public Settings {
            requireNonNull(directions, "directions");
            samples = Set.copyOf(samples);
        }
    }

    /** Compares runs by usual names and these directions; see {@link #of(RecordedRuns, Collection, Settings)}. */
    public static RunsReport of(RecordedRuns recorded, Collection<RecordedRun> runs, MetricDirections directions) {
        return of(recorded, runs, new Settings(directions, Set.of()));
    }

    /**
     * Compares runs. Reads all their points at once.
     *
     * @param recorded where their points are
     * @param runs 2 to {@value #MOST_RUNS}, in the order to show them
     * @throws IllegalArgumentException when there are fewer or more runs, or one twice
     */
    public static RunsReport of(RecordedRuns recorded, Collection<RecordedRun> runs, Settings settings) {
        List<String> ids = runs.stream().map(RecordedRun::id).toList();
        if (ids.size() > MOST_RUNS || Set.copyOf(ids).size() < ids.size()) {
            throw new IllegalArgumentException("a comparison must have 2 to " + MOST_RUNS + " runs, each once, had "
                    + ids.size() + " of " + Set.copyOf(ids).size());
        }
        List<RecordedRun> all = List.copyOf(runs);
        RunComparison comparison = RunComparison.of(all);
        Map<String, SortedMap<String, List<MetricPoint>>> histories = recorded.histories(ids);
        return new RunsReport(comparison, new MetricDrafts(all, histories, settings).all());
    }

    /** The runs, in the order given. */
    public List<RecordedRun> runs() {
        return comparison.runs();
    }

    /** Parameters whose value is not the same in all runs, sorted by key. */
    public List<RunComparison.ParamRow> differingParams() {
        return comparison.differingParams();
    }

    /** Every metric of any run, sorted by key. */
    public List<ComparedMetric> metrics() {
        return metrics;
    }

    /** How many tests were made, and corrected for, at least 0. */
    public int tests() {
        return tests;
    }
}

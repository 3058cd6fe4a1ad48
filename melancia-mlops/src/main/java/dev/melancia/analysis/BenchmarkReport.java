package dev.melancia.analysis;

import static java.util.Objects.requireNonNull;

import dev.melancia.benchmark.BenchmarkResult;
import dev.melancia.benchmark.Dataset;
import dev.melancia.scorer.Scorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a benchmark found: for each subject every answer with its scores, and the summaries. Immutable. It holds questions
 * and answers in full; write it where they may be read.
 *
 * @since 0.1.0
 */
public final class BenchmarkReport {

    /** Confidence level of all intervals in a report. */
    public static final double LEVEL = .95;

    private final BenchmarkResult result;
    private final List<Metric> metrics;
    private final List<SubjectReport> subjects;
    private final Lazy<List<PairComparison>> pairs;

    private BenchmarkReport(BenchmarkResult result) {
        this.result = result;
        List<Metric> scored = result.scorers().stream().map(Metric::of).toList();
        List<Metric> all = new ArrayList<>(scored);
        all.addAll(Operation.metrics(scored));
        metrics = List.copyOf(all);
        subjects = result.subjects().stream()
                .map(subject -> new SubjectReport(subject, metrics))
                .toList();
        pairs = new Lazy<>(() -> PairComparisons.all(subjects));
    }

    /** The report of a run. */
    public static BenchmarkReport of(BenchmarkResult result) {
        return new BenchmarkReport(requireNonNull(result, "result"));
    }

    /** What it reports on. */
    public BenchmarkResult result() {
        return result;
    }

    /** The questions asked. */
    public Dataset dataset() {
        return result.dataset();
    }

    /** Every metric: the scorers in their order, then {@code latency}, and the other figures of operation. */
    public List<Metric> metrics() {
        return metrics;
    }

    /** The scorers, in order; here for their names and descriptions. */
    public List<Scorer> scorers() {
        return result.scorers();
    }

    /** The subjects, in the order they were given. */
    public List<SubjectReport> subjects() {
        return subjects;
    }

    /**
     * One subject's part.
     *
     * @throws IllegalArgumentException when no subject has the name
     */
    public SubjectReport subject(String name) {
        return subjects.stream()
                .filter(subject -> subject.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no subject \"" + name + "\"; there are "
                        + subjects.stream().map(SubjectReport::name).toList()));
    }

    /**
     * Every pair of subjects, each before those that come after it in {@link #subjects()}; empty with one subject. The
     * first call does the tests, later ones return the same list.
     */
    public List<PairComparison> pairs() {
        return pairs.value();
    }

    /**
     * The comparison of two subjects, in the order of {@link #subjects()}, whichever is named first here.
     *
     * @throws IllegalArgumentException when there is no such pair
     */
    public PairComparison pair(String one, String other) {
        return pairs().stream()
                .filter(pair -> List.of(pair.first(), pair.second()).containsAll(List.of(one, other)))
                .filter(pair -> !one.equals(other))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no pair of \"" + one + "\" and \"" + other + "\"; there are " + pairs()));
    }

    /** The front of the first scorer, cost, latency and failure rate. */
    public ParetoFront pareto() {
        List<Metric> metrics = new ArrayList<>(List.of(this.metrics.get(0)));
        for (Operation operation : List.of(Operation.COST, Operation.LATENCY, Operation.FAILURE)) {
            this.metrics.stream().filter(metric -> metric.is(operation)).forEach(metrics::add);
        }
        return new ParetoFront(this, metrics);
    }

    /**
     * The front of some metrics.
     *
     * @param metrics names of scorers or figures of operation, at least one
     * @throws IllegalArgumentException when there is none, one is not known, or neither end of it is better
     */
    public ParetoFront pareto(String... metrics) {
        if (metrics.length == 0) {
            throw new IllegalArgumentException("a front needs at least one metric, was none");
        }
        return new ParetoFront(this, Arrays.stream(metrics).map(this::metric).toList());
    }

    /**
     * A metric by its name.
     *
     * @throws IllegalArgumentException when no metric of the report has the name
     */
    public Metric metric(String name) {
        return metrics.stream()
                .filter(metric -> metric.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no metric \"" + name + "\"; there are "
                        + metrics.stream().map(Metric::name).toList()));
    }

    /** The dataset's name and the sizes; no question or answer. */
    @Override
    public String toString() {
        return "BenchmarkReport[" + dataset() + ", " + subjects.size() + " subjects, "
                + scorers().size() + " scorers]";
    }
}

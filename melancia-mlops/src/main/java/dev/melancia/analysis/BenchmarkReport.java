package dev.melancia.analysis;

import static java.util.Objects.requireNonNull;

import dev.melancia.benchmark.BenchmarkResult;
import dev.melancia.benchmark.Dataset;
import dev.melancia.scorer.Scorer;
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
    private final List<SubjectReport> subjects;

    private BenchmarkReport(BenchmarkResult result) {
        this.result = result;
        this.subjects = result.subjects().stream()
                .map(subject -> new SubjectReport(subject, result.scorers()))
                .toList();
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

    /** The dataset's name and the sizes; no question or answer. */
    @Override
    public String toString() {
        return "BenchmarkReport[" + dataset() + ", " + subjects.size() + " subjects, "
                + scorers().size() + " scorers]";
    }
}

package dev.melancia.benchmark;

import dev.melancia.scorer.Scorer;
import java.time.Instant;
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

    private final Dataset dataset;
    private final RunFacts run;
    private final List<SubjectReport> subjects;

    BenchmarkReport(Dataset dataset, RunFacts run, List<SubjectReport> subjects) {
        this.dataset = dataset;
        this.run = run;
        this.subjects = List.copyOf(subjects);
    }

    /** The questions asked. */
    public Dataset dataset() {
        return dataset;
    }

    /** When the run began. */
    public Instant startedAt() {
        return run.startedAt();
    }

    /** Questions that were under way at once, at least 1. */
    public int concurrency() {
        return run.settings().concurrency();
    }

    /** Calls to each subject before the record began, at least 0. */
    public int warmUp() {
        return run.settings().warmUp();
    }

    /** Seed of the order in which the questions were asked. */
    public long seed() {
        return run.settings().seed();
    }

    /** Whether the subjects shared the time instead of running one after another. */
    public boolean together() {
        return run.settings().together();
    }

    /** The scorers, in order; here for their names and descriptions. */
    public List<Scorer> scorers() {
        return run.scorers();
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
        return "BenchmarkReport[" + dataset + ", " + subjects.size() + " subjects, "
                + run.scorers().size() + " scorers]";
    }
}

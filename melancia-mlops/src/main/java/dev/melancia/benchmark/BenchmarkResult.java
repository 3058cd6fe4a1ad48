package dev.melancia.benchmark;

import dev.melancia.scorer.Scorer;
import java.time.Instant;
import java.util.List;

/**
 * Everything a run brought: each subject's outcomes with their scores, and how it was run. For figures make a report of
 * it. Immutable. It holds questions and answers in full; write it where they may be read.
 *
 * @since 0.1.0
 */
public final class BenchmarkResult {

    private final Dataset dataset;
    private final RunFacts run;
    private final List<SubjectResult> subjects;

    BenchmarkResult(Dataset dataset, RunFacts run, List<SubjectResult> subjects) {
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

    /** Calls to each subject before the record began, at least 0. */
    public int warmUp() {
        return run.settings().warmUp();
    }

    /** Seed of the order in which the questions were asked. */
    public long seed() {
        return run.settings().seed();
    }

    /** The scorers, in order. */
    public List<Scorer> scorers() {
        return run.scorers();
    }

    /** The subjects, in the order they were given. */
    public List<SubjectResult> subjects() {
        return subjects;
    }

    /** The dataset's name and the sizes; no question or answer. */
    @Override
    public String toString() {
        return "BenchmarkResult[" + dataset + ", " + subjects.size() + " subjects, "
                + run.scorers().size() + " scorers]";
    }
}

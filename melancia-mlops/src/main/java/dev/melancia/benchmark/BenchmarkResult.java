package dev.melancia.benchmark;

import static java.util.Objects.requireNonNull;

import dev.melancia.MelanciaException;
import dev.melancia.scorer.Scorer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Everything a run brought: each subject's outcomes with their scores, and how it was run. For figures make a report of
 * it. Immutable. It holds questions and answers in full; write it where they may be read.
 *
 * @since 0.1.0
 */
public final class BenchmarkResult {

    /** Why a run ended. */
    public enum EndedBy {
        /** Every question has its outcome. */
        ALL_ASKED,
        /** The budget did not allow more calls. */
        BUDGET,
        /** Its process was stopped or died: the run can be resumed. Only a result that was loaded says so. */
        STOPPED
    }

    private final Dataset dataset;
    private final RunFacts run;
    private final List<Scorer> scorers;
    private final List<SubjectResult> subjects;

    BenchmarkResult(Dataset dataset, RunFacts run, List<Scorer> scorers, List<SubjectResult> subjects) {
        this.dataset = dataset;
        this.run = run;
        this.scorers = List.copyOf(scorers);
        this.subjects = List.copyOf(subjects);
    }

    /**
     * What the folder of a run has so far, with {@linkplain Scorer#standard() standard} scores. No subject is asked.
     *
     * @throws MelanciaException when the folder holds no run, or one of a newer version
     */
    public static BenchmarkResult load(Path folder) {
        return load(folder, Scorer.standard());
    }

    /**
     * The same with scores of your own choice. A score that costs money is taken from the folder when it was paid for, else
     * paid and kept there.
     *
     * @throws IllegalArgumentException when two scorers share a name
     * @throws MelanciaException when the folder holds no run, or one of a newer version; when scores cost money and
     *     another process is using the folder; or when the thread is interrupted
     */
    public static BenchmarkResult load(Path folder, List<Scorer> scorers) {
        return KeptResult.load(requireNonNull(folder, "folder"), List.copyOf(scorers));
    }

    /**
     * The same answers with other scores; those given before are not kept. No subject is asked. Scores that cost money are
     * paid each time: {@link #load(Path, List)} keeps them.
     *
     * @throws MelanciaException when the thread is interrupted, and the flag stays set
     * @throws IllegalArgumentException when two scorers share a name
     */
    public BenchmarkResult scoredWith(List<Scorer> scorers) {
        Benchmark.requireUnique("scorer", scorers.stream().map(Scorer::name).toList());
        try {
            return new BenchmarkResult(
                    dataset, run, scorers, new Scoring(scorers, RunLog.NONE).score(subjects, done -> {}));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MelanciaException("scoring was interrupted", e);
        }
    }

    /** The questions asked: in quick mode the sample. */
    public Dataset dataset() {
        return dataset;
    }

    /** When the run began. */
    public Instant startedAt() {
        return run.startedAt();
    }

    /** Which questions were asked. */
    public Benchmark.Mode mode() {
        return run.settings().mode();
    }

    /** Calls to each subject before the record began, at least 0. */
    public int warmUp() {
        return run.settings().warmUp();
    }

    /** How often each question was asked, at least 1. */
    public int repeats() {
        return run.settings().repeats();
    }

    /** Seed of the order in which the questions were asked. */
    public long seed() {
        return run.settings().seed();
    }

    /** Why the run ended. */
    public EndedBy endedBy() {
        return run.endedBy();
    }

    /** Questions without an outcome, over all subjects and repeats: no failures, they were not asked. At least 0. */
    public int unasked() {
        return run.unasked();
    }

    /**
     * Calls, warm-ups included, that were under way when a process of this run was stopped or died, at least 0: they may have
     * been charged although no answer is kept, and their questions were asked again.
     */
    public int inDoubt() {
        return run.inDoubt();
    }

    /** What was paid for answers, warm-ups included; scores not. */
    public BenchmarkListener.Spent spent() {
        return run.spent();
    }

    /** The scorers, in order. */
    public List<Scorer> scorers() {
        return scorers;
    }

    /** The subjects, in the order they were given. */
    public List<SubjectResult> subjects() {
        return subjects;
    }

    /** The dataset's name and the sizes; no question or answer. */
    @Override
    public String toString() {
        return "BenchmarkResult[" + dataset + ", " + subjects.size() + " subjects, " + scorers.size() + " scorers]";
    }
}

package dev.melancia.benchmark;

import static java.util.Objects.requireNonNull;

import dev.melancia.MelanciaException;
import dev.melancia.scorer.Scorer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks every subject every question and scores the answers. Not for load tests: latency here is that of a call among
 * {@code concurrency} others. Immutable and thread-safe; each {@link #run()} is a run of its own, with its own threads.
 *
 * <p>Subjects run one after another, because two local models on one machine slow each other down, and all see the
 * questions in the same shuffled order. A call that throws is a failure in the report, never of the run.
 *
 * @since 0.1.0
 */
public final class Benchmark {

    private final Dataset dataset;
    private final List<Subject> subjects;
    private final List<Scorer> scorers;
    private final List<BenchmarkListener> listeners;
    private final RunSettings settings;
    private final InstantSource clock;
    private final LongSupplier nanoTicker;

    private Benchmark(Builder builder, Dataset dataset) {
        this.dataset = dataset;
        subjects = List.copyOf(builder.subjects);
        scorers = builder.scorers.isEmpty() ? Scorer.standard() : List.copyOf(builder.scorers);
        settings = new RunSettings(builder.concurrency, builder.warmUp, builder.seed, builder.together);
        clock = builder.clock;
        nanoTicker = builder.nanoTicker;
        List<BenchmarkListener> all = new ArrayList<>(builder.listeners);
        builder.progress.forEach(out -> all.add(new ProgressLines(out, nanoTicker)));
        listeners = List.copyOf(all);
        requireUnique("subject", subjects.stream().map(Subject::name).toList());
        requireUnique("scorer", scorers.stream().map(Scorer::name).toList());
    }

    /** Starts a benchmark. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Runs it and waits for the end. It has no time-out of its own: a subject brings that of its model.
     *
     * @throws MelanciaException when the thread is interrupted: calls under way are interrupted too, and the flag stays set
     */
    public BenchmarkResult run() {
        RunFacts facts = new RunFacts(clock.instant(), settings, scorers);
        Examiner examiner = new Examiner(scorers, nanoTicker, clock);
        try (Schedule schedule = new Schedule(settings, examiner, new SafeListeners(listeners))) {
            return new BenchmarkResult(dataset, facts, schedule.run(dataset.questions(), subjects));
        }
    }

    private static void requireUnique(String what, List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new IllegalArgumentException(
                        what + " names must be unique in a benchmark, repeated was \"" + name + "\"");
            }
        }
    }

    /** Builds a {@link Benchmark}. Confined to one thread. */
    public static final class Builder {

        private static final long DEFAULT_SEED = 20_251_119;

        private @Nullable Dataset dataset;
        private final List<Subject> subjects = new ArrayList<>();
        private final List<Scorer> scorers = new ArrayList<>();
        private final List<BenchmarkListener> listeners = new ArrayList<>();
        private final List<Appendable> progress = new ArrayList<>();
        private int concurrency = 1;
        private int warmUp = 1;
        private long seed = DEFAULT_SEED;
        private boolean together;
        private InstantSource clock = InstantSource.system();
        private LongSupplier nanoTicker = System::nanoTime;

        private Builder() {}

        /** The questions; required. */
        public Builder dataset(Dataset dataset) {
            this.dataset = requireNonNull(dataset, "dataset");
            return this;
        }

        /** Adds a subject; at least one is required. */
        public Builder subject(Subject subject) {
            subjects.add(requireNonNull(subject, "subject"));
            return this;
        }

        /** Adds a scorer; without any, {@link Scorer#standard()} takes part. */
        public Builder scorer(Scorer scorer) {
            scorers.add(requireNonNull(scorer, "scorer"));
            return this;
        }

        /** Questions under way at once, in [1, 1024]; default 1, which is what a local model without a GPU bears. */
        public Builder concurrency(int concurrency) {
            this.concurrency = concurrency;
            return this;
        }

        /**
         * Calls to each subject before the record begins, so that loading a model is not taken for its latency; at least
         * 0, default 1. They ask a question of their own, one after another, so that no cache learns the dataset; they
         * cost what a call costs.
         */
        public Builder warmUp(int calls) {
            this.warmUp = calls;
            return this;
        }

        /** Seed of the order in which the questions are asked; the default never changes. */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /** Asks all subjects each question before the next; for subjects on different machines. */
        public Builder together() {
            this.together = true;
            return this;
        }

        /** Adds a watcher. */
        public Builder listener(BenchmarkListener listener) {
            listeners.add(requireNonNull(listener, "listener"));
            return this;
        }

        /** Prints progress, a line at most every second for each subject. */
        public Builder progress(Appendable out) {
            progress.add(requireNonNull(out, "out"));
            return this;
        }

        /** Gives the date of the report; default the system's. */
        public Builder clock(InstantSource clock) {
            this.clock = requireNonNull(clock, "clock");
            return this;
        }

        /** Measures latency, in nanoseconds from any origin; called from several threads; default the system's. */
        public Builder nanoTicker(LongSupplier nanoTicker) {
            this.nanoTicker = requireNonNull(nanoTicker, "nanoTicker");
            return this;
        }

        /**
         * The benchmark.
         *
         * @throws IllegalStateException without a dataset or a subject
         * @throws IllegalArgumentException when a number is out of range, or two subjects or scorers share a name
         */
        public Benchmark build() {
            if (dataset == null) {
                throw new IllegalStateException("a benchmark needs a dataset; call dataset(Dataset.read(file))");
            }
            if (subjects.isEmpty()) {
                throw new IllegalStateException("a benchmark needs a subject; call subject(Subject.of(id, model))");
            }
            return new Benchmark(this, dataset);
        }
    }
}

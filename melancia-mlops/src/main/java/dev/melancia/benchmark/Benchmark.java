package dev.melancia.benchmark;

import static java.util.Objects.requireNonNull;

import dev.melancia.MelanciaException;
import dev.melancia.journal.Journal;
import dev.melancia.scorer.Scorer;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks every subject every question and scores the answers. Not for load tests: latency here is that of a call among others,
 * as many as the subject's {@link Subject#placement() placement} allows. Immutable and thread-safe; each {@link #run()} is a
 * run of its own, with its own threads.
 *
 * <p>Subjects that share a machine run one after another, because two local models on one machine slow each other down;
 * remote ones run beside all others. All see the questions in the same shuffled order; a conversation's turns come in the
 * dataset's order, each with what was answered before, while other conversations go on. A call that throws is a failure in
 * the report, never of the run; the turns behind it go on without it. When a server asks to come back later
 * ({@link dev.melancia.provider.RetryAfter}, 429 or 503), its subject pauses for that long, at most a minute, and the
 * question is asked again, up to five times in all.
 *
 * <p>With a {@link Builder#folder folder} a run survives Ctrl-C and kill -9: build the same benchmark and run it again.
 *
 * @since 0.1.0
 */
public final class Benchmark {

    /** How much of the dataset is asked. */
    public enum Mode {
        /** A sample of at most 20 questions, spread over their first tags by the seed, conversations whole; once each. */
        QUICK,
        /** Every question. */
        FULL
    }

    private final RunPlan plan;
    private final RunLimits limits;
    private final Effects effects;
    private final List<BenchmarkListener> listeners;
    private final List<Appendable> progress;

    private Benchmark(Builder builder, RunPlan plan, RunLimits limits) {
        this.plan = plan;
        this.limits = limits;
        effects = new Effects(builder.clock, builder.nanoTicker, builder.crew, builder.journals);
        listeners = List.copyOf(builder.listeners);
        progress = List.copyOf(builder.progress);
    }

    /** Starts a benchmark. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Runs it, or goes on with what its folder holds, and waits for the end. It has no time-out of its own: a subject
     * brings that of its model.
     *
     * @throws MelanciaException when the thread is interrupted: calls under way are interrupted too, what they answer
     *     within seconds is kept, and the flag stays set; when the folder is in use, holds a run of something else, or takes
     *     no more: then nothing more is asked, and the message says what was kept
     */
    public BenchmarkResult run() {
        List<BenchmarkListener> all = new ArrayList<>(listeners);
        progress.forEach(out -> all.add(new ProgressLines(out, effects.nanoTicker())));
        return new BenchmarkRun(plan, limits, effects, new SafeListeners(all)).run();
    }

    static void requireUnique(String what, List<String> names) {
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
        private static final int DEFAULT_MAX_CONCURRENCY = 64;
        private static final int PICO_SCALE = 12;

        private final List<Subject> subjects = new ArrayList<>();
        private final List<Scorer> scorers = new ArrayList<>();
        private final List<BenchmarkListener> listeners = new ArrayList<>();
        private final List<Appendable> progress = new ArrayList<>();
        private @Nullable Dataset dataset;
        private Mode mode = Mode.FULL;
        private int warmUp = 1;
        private int repeats = 1;
        private long seed = DEFAULT_SEED;
        private int maxConcurrency = DEFAULT_MAX_CONCURRENCY;
        private long capPicoUsd = Spend.NO_CAP;
        private @Nullable Path folder;
        private boolean retryFailures;
        private InstantSource clock = InstantSource.system();
        private LongSupplier nanoTicker = System::nanoTime;
        private Effects.Crew crew = (most, caller) -> Workers.threads(most, caller, Mailbox.waiting(System::nanoTime));
        private Function<Path, Journal> journals = Journal::open;

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

        /** How much of the dataset is asked; default {@link Mode#FULL}. */
        public Builder mode(Mode mode) {
            this.mode = requireNonNull(mode, "mode");
            return this;
        }

        /** How often each question is asked, in [1, 1000], in quick mode 1; default 1. */
        public Builder repeats(int repeats) {
            this.repeats = repeats;
            return this;
        }

        /**
         * Calls under way in all, in [1, 1024]; default 64. How many of one subject are, and which subjects run beside each
         * other, its {@link Subject#placement()} says.
         */
        public Builder maxConcurrency(int calls) {
            this.maxConcurrency = calls;
            return this;
        }

        /**
         * The most to spend on answers, in US dollars above 0; default no limit. A call is not made when it could pass the
         * cap: calls under way or in doubt, and the call itself, count with the dearest call of their subject so far, and a subject's
         * first call goes alone. What is not asked is no failure ({@link BenchmarkResult#unasked()}). It cannot hold for
         * calls whose cost is unknown, nor for scores that cost money.
         *
         * @throws IllegalArgumentException when it is not above 0
         */
        public Builder budgetUsd(BigDecimal usd) {
            if (usd.signum() <= 0) {
                throw new IllegalArgumentException(
                        "budgetUsd must be above 0, was " + usd.toPlainString() + "; leave it out for no limit");
            }
            BigDecimal pico = usd.scaleByPowerOfTen(PICO_SCALE);
            BigDecimal most = BigDecimal.valueOf(Spend.NO_CAP - 1);
            capPicoUsd = pico.min(most).longValue();
            return this;
        }

        /**
         * Keeps the run in this folder, one run a folder; default not kept. Each answer is there before it counts, and
         * survives a kill of this process (a power loss only when the run had ended). The same benchmark run with the same folder goes on where the last process
         * ended: what was answered or failed is not asked again, what was under way is, and a conversation goes on in its
         * middle. Questions, subjects and scorers may be added, and references, sources, tags and the budget changed;
         * everything else must be as it was. The folder holds questions and answers in full: mind who may read it.
         */
        public Builder folder(Path folder) {
            this.folder = requireNonNull(folder, "folder");
            return this;
        }

        /**
         * Asks the questions again that failed in an earlier process of the run; by default they stay failed. Later turns
         * of their conversations keep the answers they got without them.
         */
        public Builder retryFailures() {
            this.retryFailures = true;
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

        /** Seed of the order in which the questions are asked and of the sample; the default never changes. */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /** Adds a watcher. */
        public Builder listener(BenchmarkListener listener) {
            listeners.add(requireNonNull(listener, "listener"));
            return this;
        }

        /** Prints progress, a line at most every second. */
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

        /** For tests: threads and waiting. */
        Builder crew(Effects.Crew crew) {
            this.crew = crew;
            return this;
        }

        /** For tests: the disk. */
        Builder journals(Function<Path, Journal> journals) {
            this.journals = journals;
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
            RunSettings settings = new RunSettings(mode, warmUp, repeats, seed, maxConcurrency);
            List<Scorer> all = scorers.isEmpty() ? Scorer.standard() : List.copyOf(scorers);
            requireUnique("subject", subjects.stream().map(Subject::name).toList());
            requireUnique("scorer", all.stream().map(Scorer::name).toList());
            return new Benchmark(
                    this,
                    new RunPlan(asked(dataset), List.copyOf(subjects), all, settings),
                    new RunLimits(capPicoUsd, folder, retryFailures));
        }

        private Dataset asked(Dataset dataset) {
            return mode == Mode.FULL ? dataset : Dataset.of(dataset.name(), Sample.quick(dataset.questions(), seed));
        }
    }
}

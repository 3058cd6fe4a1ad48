package dev.melancia.benchmark;

import static java.util.Objects.requireNonNull;

import dev.melancia.cost.Cost;
import java.time.Duration;
import java.util.Optional;

/**
 * Watches a benchmark while it runs. Called on the thread that called {@code run()}, one event at a time, so what takes
 * long here holds the run up; an exception is logged and does not stop the run.
 *
 * @since 0.1.0
 */
public interface BenchmarkListener {

    /** A subject's turn begins, with its warm-up; subjects on different machines have theirs at once. */
    default void subjectStarted(String subject, int questions) {}

    /**
     * A question was answered or failed. Scores are not there yet: they are computed when everything was asked.
     *
     * @param subject name of the subject
     * @param outcome what came of it
     * @param done questions of this subject that are done, from 1, those of earlier processes of the run included
     * @param questions questions of this subject in all, repeats included
     */
    default void questionDone(String subject, Outcome outcome, int done, int questions) {}

    /** How far the run is; after each question. */
    default void progressed(Progress progress) {}

    /** The subject's server asked to come back later: nothing is asked of the subject for that long. */
    default void paused(String subject, Duration pause) {}

    /** The budget does not allow another call of the subject: so many of its questions are not asked. */
    default void budgetSpent(String subject, int unasked) {}

    /** There is a budget, and the subject answered without saying what that cost: the budget cannot hold for it. Told once. */
    default void costUnknown(String subject) {}

    /** So many answers of all have their scores. */
    default void scored(int done, int answers) {}

    /**
     * How far a run is. Immutable.
     *
     * @param done questions of all subjects that are done, those of earlier processes of the run included
     * @param questions questions of all subjects, repeats included
     * @param failed those that this process saw fail
     * @param elapsed time since this process began
     * @param left time still needed at the rate so far, the slowest machine's; empty as long as one has no rate
     * @param spent what was paid
     */
    record Progress(int done, int questions, int failed, Duration elapsed, Optional<Duration> left, Spent spent) {

        public Progress {
            requireNonNull(elapsed, "elapsed");
            requireNonNull(left, "left");
            requireNonNull(spent, "spent");
        }
    }

    /**
     * What a run has paid, warm-ups and earlier processes of the run included. Immutable.
     *
     * @param known the sum of the known costs
     * @param unknown answers whose cost is not known; above 0 the sum is what was paid at least
     */
    record Spent(Cost known, int unknown) {

        public Spent {
            requireNonNull(known, "known");
        }

        /** Such as {@code 0.0012 USD} or {@code at least 0.0012 USD, 3 answers of unknown cost}. */
        @Override
        public String toString() {
            return unknown == 0 ? known.toString() : "at least " + known + ", " + unknown + " answers of unknown cost";
        }
    }
}

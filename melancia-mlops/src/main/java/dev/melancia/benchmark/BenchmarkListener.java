package dev.melancia.benchmark;

/**
 * Watches a benchmark while it runs. Called on the thread that called {@code run()}, one event at a time; an exception is
 * logged and does not stop the run.
 *
 * @since 0.1.0
 */
public interface BenchmarkListener {

    /** A subject's warm-up begins. Called for one after another, or for all at the start when they run together. */
    default void subjectStarted(String subject, int questions) {}

    /**
     * A question was answered or failed.
     *
     * @param subject name of the subject
     * @param outcome what came of it
     * @param done questions of this subject that are done, from 1
     * @param questions questions of this subject in all
     */
    default void questionDone(String subject, Outcome outcome, int done, int questions) {}
}

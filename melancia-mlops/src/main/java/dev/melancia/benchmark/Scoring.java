package dev.melancia.benchmark;

import dev.melancia.scorer.Scorer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Scores the answers of a run, when everything was asked: a scorer, and the model of a judge, then never slows a subject
 * down nor pushes it out of memory.
 */
final class Scoring {

    /** Scorers that cost money wait for a server; the others compute. */
    private static final int COSTLY_AT_ONCE = 8;

    /** How long interrupted scorers may take to end. */
    private static final long GRACE_SECONDS = 5;

    private final List<Scorer> scorers;
    private final RunLog log;

    Scoring(List<Scorer> scorers, RunLog log) {
        this.scorers = scorers;
        this.log = log;
    }

    /**
     * The same subjects with their scores.
     *
     * @param done is told after each answer how many are done
     * @throws InterruptedException when the thread was interrupted; scorers under way are interrupted too
     */
    List<SubjectResult> score(List<SubjectResult> subjects, IntConsumer done) throws InterruptedException {
        Examiner examiner = new Examiner(scorers, log);
        ExecutorService threads = Executors.newFixedThreadPool(atOnce(), Workers.daemons("melancia-benchmark-scorer-"));
        try {
            CompletionService<Outcome> completions = new ExecutorCompletionService<>(threads);
            List<List<Future<Outcome>>> futures = new ArrayList<>();
            int answers = 0;
            for (SubjectResult subject : subjects) {
                List<Future<Outcome>> ofSubject = new ArrayList<>();
                for (Outcome outcome : subject.outcomes()) {
                    ofSubject.add(completions.submit(() -> scored(examiner, subject.name(), outcome)));
                    answers++;
                }
                futures.add(ofSubject);
            }
            for (int i = 1; i <= answers; i++) {
                result(completions.take());
                done.accept(i);
            }
            return results(subjects, futures);
        } catch (InterruptedException | RuntimeException stop) {
            threads.shutdownNow();
            // What is paid in time is kept; a second interrupt ends the wait.
            threads.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
            throw stop;
        } finally {
            threads.shutdownNow();
        }
    }

    private int atOnce() {
        boolean costly = scorers.stream().anyMatch(Scorer::isCostly);
        int processors = Runtime.getRuntime().availableProcessors();
        return costly ? Math.max(COSTLY_AT_ONCE, processors) : processors;
    }

    private static Outcome scored(Examiner examiner, String subject, Outcome outcome) {
        return outcome instanceof Outcome.Answered answered ? examiner.score(subject, answered) : outcome;
    }

    private static List<SubjectResult> results(List<SubjectResult> subjects, List<List<Future<Outcome>>> futures)
            throws InterruptedException {
        List<SubjectResult> results = new ArrayList<>();
        for (int i = 0; i < subjects.size(); i++) {
            SubjectResult subject = subjects.get(i);
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Outcome> future : futures.get(i)) {
                outcomes.add(result(future));
            }
            results.add(new SubjectResult(subject.name(), subject.placement(), outcomes, subject.warmUps()));
        }
        return results;
    }

    private static Outcome result(Future<Outcome> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("unexpected failure while scoring", e.getCause());
        }
    }
}

package dev.melancia.benchmark;

import dev.melancia.MelanciaException;
import dev.melancia.scorer.Question;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Decides who is asked what and when, for one run. Work waits in the executor's queue; the clock of a call starts on the
 * worker, so waiting is never latency. Outcomes come back to the thread of the run, which alone touches what is here.
 */
final class Schedule implements AutoCloseable {

    private static final Question WARM_UP = Question.builder("warm-up", "Responda apenas: pronto.")
            .answerable(true)
            .build();

    private final RunSettings settings;
    private final Examiner examiner;
    private final SafeListeners listeners;
    private final ExecutorService workers;
    private final CompletionService<Done> completions;
    private int done;
    private int calls;

    Schedule(RunSettings settings, Examiner examiner, SafeListeners listeners) {
        this.settings = settings;
        this.examiner = examiner;
        this.listeners = listeners;
        AtomicInteger number = new AtomicInteger();
        workers = Executors.newFixedThreadPool(settings.concurrency(), work -> {
            Thread thread = new Thread(work, "melancia-benchmark-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        completions = new ExecutorCompletionService<>(workers);
    }

    List<SubjectResult> run(List<Question> questions, List<Subject> subjects) {
        List<Question> shuffled = new ArrayList<>(questions);
        Collections.shuffle(shuffled, new Random(settings.seed()));
        calls = questions.size() * subjects.size();
        Map<String, Map<String, Outcome>> outcomes = new HashMap<>();
        List<List<Subject>> phases = settings.together()
                ? List.of(subjects)
                : subjects.stream().map(List::of).toList();
        try {
            for (List<Subject> phase : phases) {
                warmUp(phase, questions.size());
                ask(phase, shuffled, outcomes);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MelanciaException("benchmark interrupted after " + done + " of " + calls + " calls", e);
        }
        return subjects.stream()
                .map(subject -> result(subject, questions, outcomes))
                .toList();
    }

    private void warmUp(List<Subject> phase, int questions) throws InterruptedException {
        for (Subject subject : phase) {
            listeners.tell(listener -> listener.subjectStarted(subject.name(), questions));
            for (int i = 0; i < settings.warmUp(); i++) {
                submit(subject, WARM_UP);
                next();
            }
        }
    }

    private void ask(List<Subject> phase, List<Question> questions, Map<String, Map<String, Outcome>> outcomes)
            throws InterruptedException {
        questions.forEach(question -> phase.forEach(subject -> submit(subject, question)));
        for (int left = questions.size() * phase.size(); left > 0; left--) {
            Done next = next();
            done++;
            Map<String, Outcome> ofSubject = outcomes.computeIfAbsent(next.subject(), name -> new HashMap<>());
            ofSubject.put(next.outcome().question().id(), next.outcome());
            listeners.tell(listener ->
                    listener.questionDone(next.subject(), next.outcome(), ofSubject.size(), questions.size()));
        }
    }

    private void submit(Subject subject, Question question) {
        completions.submit(() -> new Done(subject.name(), examiner.examine(subject, question)));
    }

    private Done next() throws InterruptedException {
        try {
            return completions.take().get();
        } catch (ExecutionException e) {
            // The examiner turns exceptions into outcomes: what is left is an Error, which is not a model's failure.
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("unexpected failure of a benchmark worker", e.getCause());
        }
    }

    private static SubjectResult result(
            Subject subject, List<Question> questions, Map<String, Map<String, Outcome>> outcomes) {
        Map<String, Outcome> byQuestion = outcomes.getOrDefault(subject.name(), Map.of());
        List<Outcome> inOrder = questions.stream()
                .flatMap(question -> Stream.ofNullable(byQuestion.get(question.id())))
                .toList();
        return new SubjectResult(subject.name(), subject.placement(), inOrder, List.of());
    }

    /** Interrupts what is under way, if anything, and lets the threads end. */
    @Override
    public void close() {
        workers.shutdownNow();
    }

    private record Done(String subject, Outcome outcome) {}
}

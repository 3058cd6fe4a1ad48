package dev.melancia.benchmark;

import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Answers by a function and remembers what it was asked and on which thread. */
final class FakeSubject implements Subject {

    @FunctionalInterface
    interface Reply {
        Answer to(Question question) throws Exception;
    }

    private final String name;
    private final Reply reply;
    private final Placement placement;
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();

    FakeSubject(String name, Reply reply) {
        this(name, Placement.local(), reply);
    }

    FakeSubject(String name, Placement placement, Reply reply) {
        this.name = name;
        this.placement = placement;
        this.reply = reply;
    }

    @Override
    public Placement placement() {
        return placement;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Answer answer(Ask ask) throws Exception {
        Question question = ask.question();
        asked.add(question.id());
        threads.add(Thread.currentThread());
        return reply.to(question);
    }

    List<String> asked() {
        return List.copyOf(asked);
    }

    List<Thread> threads() {
        return List.copyOf(threads);
    }
}

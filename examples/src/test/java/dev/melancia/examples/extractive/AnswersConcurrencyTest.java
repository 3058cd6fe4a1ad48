package dev.melancia.examples.extractive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.examples.extractive.Questions.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AnswersConcurrencyTest {

    private static final int THREADS = 8;

    @Test
    @Timeout(60)
    void firstQuestionsAtTheSameTimeReadTheBaseOnceAndAllAgree() throws Exception {
        List<String> questions =
                Questions.measuring().stream().map(Question::question).toList();
        AtomicInteger reads = new AtomicInteger();
        Answers shared = new Answers(() -> {
            reads.incrementAndGet();
            return KnowledgeBase.bundled();
        });
        assertThat(reads).hasValue(0);

        List<List<String>> answers = onAllThreads(shared, questions);

        List<String> alone = ask(new Answers(KnowledgeBase::bundled), questions);
        assertThat(reads).hasValue(1);
        assertThat(answers)
                .hasSize(THREADS)
                .allSatisfy(given -> assertThat(given).isEqualTo(alone));
    }

    private static List<List<String>> onAllThreads(Answers shared, List<String> questions) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<List<String>>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                running.add(threads.submit(() -> {
                    start.await();
                    return ask(shared, questions);
                }));
            }
            List<List<String>> answers = new ArrayList<>();
            for (Future<List<String>> one : running) {
                answers.add(one.get(30, TimeUnit.SECONDS));
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<String> ask(Answers answers, List<String> questions) {
        return questions.stream()
                .map(question -> answers.answer(AnswerStyle.PASSAGE, question))
                .toList();
    }
}

package dev.melancia.router;

import static dev.melancia.router.Fakes.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.melancia.router.Fakes.Model;
import dev.melancia.routing.Candidate;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A model answers just as its caller gives up. */
class AttemptTaskConcurrencyTest {

    private static final int ROUNDS = 3_000;

    @Test
    void eitherTheAnswerIsThereOrTheCallIsAbandonedAndNoInterruptIsLeftForTheNextTask() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int abandoned = 0;
        long[] takes = new long[1];
        RoutedModel model = Fakes.routed(Candidate.of("ollama/phi3:mini"), new Model(request -> {
            LockSupport.parkNanos(takes[0]);
            return answer("Oi!");
        }));
        try (HandOff handOff = new HandOff(64, Workers::thread)) {
            for (int round = 0; round < ROUNDS; round++) {
                takes[0] = random.nextInt(60_000);
                AttemptTask task =
                        new AttemptTask(model, Fakes.say("Oi"), ChatRequestOptions.EMPTY, Parking.platform());
                assertThat(model.bulkhead.tryAcquire()).isTrue();
                CompletableFuture<Boolean> clean = new CompletableFuture<>();
                handOff.execute(task);
                if (answered(task, random.nextInt(200_000))) {
                    assertThat(task.response())
                            .as("seed %d round %d", seed, round)
                            .isNotNull();
                } else {
                    abandoned++;
                }
                handOff.execute(() -> clean.complete(!Thread.currentThread().isInterrupted()));
                assertThat(clean.get(10, TimeUnit.SECONDS))
                        .as("seed %d round %d", seed, round)
                        .isTrue();
            }
        }
        org.awaitility.Awaitility.await().until(() -> model.bulkhead.taken() == 0);
        assertThat(abandoned).as("seed %d: both ends must be met", seed).isBetween(1, ROUNDS - 1);
    }

    private static boolean answered(AttemptTask task, long limitNanos) {
        long end = System.nanoTime() + limitNanos;
        while (!task.isDone()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return !task.abandon();
            }
            LockSupport.parkNanos(left);
        }
        return true;
    }
}

package dev.melancia.router;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class HandOffConcurrencyTest {

    private static final int CALLERS = 8;
    private static final int TASKS = 10_000;

    @Test
    void everyTaskTakenRunsExactlyOnceUnderEightCallers() throws Exception {
        AtomicIntegerArray ran = new AtomicIntegerArray(CALLERS * TASKS);
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(CALLERS);
        try (HandOff handOff = new HandOff(CALLERS, Workers::thread)) {
            for (int caller = 0; caller < CALLERS; caller++) {
                int first = caller * TASKS;
                new Thread(() -> {
                            for (int task = first; task < first + TASKS; task++) {
                                give(handOff, ran, task);
                                most.accumulateAndGet(handOff.alive(), Math::max);
                            }
                            done.countDown();
                        })
                        .start();
            }
            assertThat(done.await(60, SECONDS)).isTrue();
            await().untilAsserted(() -> {
                for (int task = 0; task < CALLERS * TASKS; task++) {
                    assertThat(ran.get(task)).as("task %d", task).isOne();
                }
            });
        }
        assertThat(most.get()).isLessThanOrEqualTo(CALLERS);
    }

    @Test
    void noThreadIsForgottenWhenItGoesIdleJustAsTheHandOffIsClosed() {
        for (int round = 0; round < 2_000; round++) {
            HandOff handOff = new HandOff(1, Workers::thread);
            CountDownLatch ran = new CountDownLatch(1);
            handOff.execute(ran::countDown);
            Fakes.awaitDeaf(ran);
            LockSupport.parkNanos(round % 20 * 1_000L);
            handOff.close();
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> handOff.alive() == 0);
        }
    }

    private static void give(HandOff handOff, AtomicIntegerArray ran, int task) {
        while (true) {
            try {
                handOff.execute(() -> ran.incrementAndGet(task));
                return;
            } catch (RejectedExecutionException full) {
                LockSupport.parkNanos(1_000);
            }
        }
    }
}

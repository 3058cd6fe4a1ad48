package dev.melancia.router;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandOffTest {

    private HandOff handOff = new HandOff(2, Workers::thread);

    @AfterEach
    void everyThreadEndsWhenClosed() {
        handOff.close();
        await().until(() -> handOff.alive() == 0);
    }

    private Thread runAndSettle(Runnable task) throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        handOff.execute(() -> {
            thread.complete(Thread.currentThread());
            task.run();
        });
        Thread ran = thread.get(10, SECONDS);
        awaitIdle(ran);
        return ran;
    }

    private static void awaitIdle(Thread thread) {
        await().pollInterval(Duration.ofMillis(1)).until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    }

    @Test
    void anIdleThreadIsUsedAgain() throws Exception {
        Thread first = runAndSettle(() -> {});
        Thread second = runAndSettle(() -> {});

        assertThat(second).isSameAs(first);
        assertThat(handOff.alive()).isOne();
    }

    @Test
    void noMoreThreadsThanAllowedAndTheNextTaskIsRejected() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch ran = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            handOff.execute(() -> {
                Fakes.awaitDeaf(release);
                ran.countDown();
            });
        }

        assertThatThrownBy(() -> handOff.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessage("all 2 worker threads are taken by models");
        assertThat(handOff.alive()).isEqualTo(2);
        release.countDown();
        assertThat(ran.await(10, SECONDS)).isTrue();
    }

    @Test
    void aTaskThatThrowsDoesNotCostItsThread() throws Exception {
        Thread first = runAndSettle(() -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, error) -> {});
            throw new IllegalStateException("task");
        });

        assertThat(runAndSettle(() -> {})).isSameAs(first);
    }

    @Test
    void theNextTaskSeesNoInterruptOfTheLast() throws Exception {
        Thread first = runAndSettle(() -> Thread.currentThread().interrupt());
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        Thread second = runAndSettle(() -> flag.complete(Thread.currentThread().isInterrupted()));

        assertThat(flag.get(10, SECONDS)).isFalse();
        assertThat(second).isSameAs(first);
    }

    @Test
    void lightTrafficDoesNotKeepTheThreadsOfABurst() throws Exception {
        int burst = 8;
        handOff = new HandOff(burst, Workers::thread, Duration.ofMillis(100).toNanos());
        CountDownLatch release = new CountDownLatch(1);
        for (int i = 0; i < burst; i++) {
            handOff.execute(() -> Fakes.awaitDeaf(release));
        }
        assertThat(handOff.alive()).isEqualTo(burst);
        release.countDown();

        await().pollInterval(Duration.ofMillis(5)).until(() -> {
            handOff.execute(() -> {});
            return handOff.alive() <= 2;
        });
    }

    @Test
    void onceClosedNothingIsTaken() throws Exception {
        runAndSettle(() -> {});
        handOff.close();

        assertThatThrownBy(() -> handOff.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessage("the router is closed");
    }

    @Test
    void aTaskUnderWayFinishesAfterClose() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch ran = new CountDownLatch(1);
        handOff.execute(() -> {
            Fakes.awaitDeaf(release);
            ran.countDown();
        });
        handOff.close();
        release.countDown();

        assertThat(ran.await(10, SECONDS)).isTrue();
    }

    @Test
    void aThreadThatCannotBeStartedKeepsNoPlace() {
        handOff = new HandOff(1, (name, task) -> new Unstartable(task));

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> handOff.execute(() -> {}))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageContaining("no thread left");
        }
        assertThat(handOff.alive()).isZero();
    }

    /** A thread on a platform that has none left. */
    private static final class Unstartable extends Thread {

        Unstartable(Runnable task) {
            super(task);
        }

        @Override
        public synchronized void start() {
            throw new OutOfMemoryError("unable to create native thread");
        }
    }
}

package dev.melancia.router;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class TimersConcurrencyTest {

    private static final int ROUNDS = 2_000;

    @Test
    void aTimerIsTakenWhileTheTimersAreClosed() throws Exception {
        TimerThread timers = new TimerThread();
        ExecutorService closer = Executors.newSingleThreadExecutor();
        try {
            CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> close(timers), closer);
            for (int i = 0; i < ROUNDS; i++) {
                assertThatCode(() -> timers.later(() -> {}, HOURS.toNanos(1))).doesNotThrowAnyException();
            }
            closing.get(10, SECONDS);
        } finally {
            closer.shutdownNow();
            timers.close();
        }
    }

    private static void close(Timers timers) {
        for (int i = 0; i < ROUNDS; i++) {
            timers.close();
        }
    }
}

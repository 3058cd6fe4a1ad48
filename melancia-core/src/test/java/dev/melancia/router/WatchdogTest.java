package dev.melancia.router;

import static java.util.concurrent.TimeUnit.HOURS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchdogTest {

    private final TimerThread timers = new TimerThread();
    private final Watchdog watchdog = new Watchdog(timers, () -> {});

    @AfterEach
    void close() {
        watchdog.end();
        timers.close();
    }

    @Test
    void theNextLookTakesThePlaceOfTheOneBefore() {
        watchdog.comeIn(HOURS.toNanos(1));
        watchdog.comeIn(HOURS.toNanos(2));
        assertThat(timers.waiting()).isOne();
    }

    @Test
    void noneIsLeftAtTheEndAndNoneComesAfterIt() {
        watchdog.comeIn(HOURS.toNanos(1));
        watchdog.end();
        assertThat(timers.waiting()).isZero();
        watchdog.comeIn(HOURS.toNanos(1));
        assertThat(timers.waiting()).isZero();
    }
}

package dev.melancia.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class QuietTest {

    private static final long NOW = 1_000;

    private final Quiet quiet = new Quiet();

    @Test
    void lastsAsLongAsAskedForAndIsNeverShortened() {
        quiet.askedFor(100, NOW);
        quiet.askedFor(50, NOW);

        assertThat(quiet.leftNanos(NOW + 40)).isEqualTo(60);
        assertThat(quiet.leftNanos(NOW + 100)).isZero();
        assertThat(quiet.isAskedFor()).isFalse();
    }

    @Test
    void lastsADayAtMost() {
        quiet.askedFor(Long.MAX_VALUE / 2, NOW);

        assertThat(quiet.leftNanos(NOW)).isEqualTo(TimeUnit.DAYS.toNanos(1));
    }

    @Test
    void anAnswerLiftsItUnlessItsCallBeganBefore() {
        quiet.askedFor(100, NOW);
        quiet.lift(NOW - 1);
        assertThat(quiet.leftNanos(NOW)).isEqualTo(100);

        quiet.lift(NOW + 1);
        assertThat(quiet.leftNanos(NOW + 1)).isZero();
    }
}

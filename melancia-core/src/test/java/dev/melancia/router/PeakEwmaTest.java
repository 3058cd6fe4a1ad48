package dev.melancia.router;

import static dev.melancia.router.Fakes.LOCAL;
import static dev.melancia.router.Fakes.answers;
import static dev.melancia.router.Fakes.routed;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.melancia.call.Outcome;
import org.junit.jupiter.api.Test;

class PeakEwmaTest {

    private static final long SLOW = SECONDS.toNanos(8);
    private static final long FAST = MILLISECONDS.toNanos(100);

    private final PeakEwma average = new PeakEwma();

    @Test
    void isUnknownBeforeTheFirstAnswer() {
        assertThat(average.nanos(0)).isEqualTo(PeakEwma.UNKNOWN);
        average.took(FAST, 0);
        assertThat(average.nanos(0)).isEqualTo(FAST);
    }

    @Test
    void jumpsUpAtOnce() {
        average.took(FAST, 0);
        average.took(SLOW, 1);

        assertThat(average.nanos(1)).isEqualTo(SLOW);
    }

    @Test
    void comesDownWithATimeConstantOfTenSeconds() {
        average.took(SLOW, 0);
        average.took(FAST, 0);
        assertThat(average.nanos(0)).isEqualTo(SLOW);
        average.took(FAST, SECONDS.toNanos(10));

        double expected = SLOW * Math.exp(-1) + FAST * (1 - Math.exp(-1));
        assertThat((double) average.nanos(SECONDS.toNanos(10))).isCloseTo(expected, within(2.));
    }

    @Test
    void comesDownThoughNobodyAsks() {
        average.took(SLOW, 0);

        assertThat((double) average.nanos(SECONDS.toNanos(10))).isCloseTo(SLOW * Math.exp(-1), within(2.));
        assertThat(average.nanos(SECONDS.toNanos(1_000))).isZero();
    }

    @Test
    void aTickerThatRunsBackDoesNoHarm() {
        average.took(SLOW, SECONDS.toNanos(10));
        average.took(FAST, 0);

        assertThat(average.nanos(0)).isEqualTo(SLOW);
    }

    @Test
    void aModelBeatenByItsHedgeCountsAsSlowAsItWasAndTheHedgeThatLostDoesNotCount() {
        RoutedModel model = routed(LOCAL, answers("Oi!"));
        model.load.average();
        end(model, new CallMachine.State(1, 0, 2, true, 0, false));
        assertThat(model.load.averageNanos(false, SLOW)).isEqualTo(PeakEwma.UNKNOWN);
        end(model, new CallMachine.State(0, 0, 1, false, 0, false));
        assertThat(model.load.averageNanos(false, SLOW)).isEqualTo(SLOW);
    }

    private static void end(RoutedModel model, CallMachine.State state) {
        AttemptRun beaten = new AttemptRun(model, state, 0);
        beaten.asked = true;
        beaten.endNanos = SLOW;
        beaten.tellModel(Outcome.CANCELLED, false);
    }
}

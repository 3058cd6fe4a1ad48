package dev.melancia.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melancia.call.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BreakerTest {

    private static final long SECOND = 1_000_000_000;
    private static final BreakerSettings SETTINGS =
            BreakerSettings.defaults().failures(.5, 4, Duration.ofSeconds(10)).coolDown(Duration.ofSeconds(5));

    private long now = -7 * SECOND; // a ticker may start anywhere
    private final Breaker breaker = new Breaker(SETTINGS, now);

    @Test
    void staysClosedBelowTheMinimumOfCalls() {
        fail(3);
        assertThat(breaker.whyNot(now)).isNull();
    }

    @Test
    void opensWhenHalfOfTheCallsFailAndSaysWhy() {
        answer(3);
        fail(2);
        assertThat(breaker.whyNot(now)).isNull();
        fail(1);
        assertThat(breaker.whyNot(now)).isEqualTo("failed too often and is left alone for a while");
    }

    @Test
    void forgetsWhatIsOlderThanItsWindow() {
        fail(3);
        now += 11 * SECOND;
        answer(3);
        fail(1);
        assertThat(breaker.whyNot(now)).isNull();
    }

    @Test
    void neverCountsTheCallersMistakes() {
        for (Outcome outcome : new Outcome[] {
            Outcome.INVALID_REQUEST, Outcome.CONTENT_FILTERED, Outcome.CANCELLED, Outcome.NO_PERMIT, Outcome.INTERRUPTED
        }) {
            for (int i = 0; i < 10; i++) {
                end(outcome);
            }
        }
        assertThat(breaker.whyNot(now)).isNull();
    }

    @Test
    void letsTwoProbesThroughAfterTheCoolDownAndClosesWhenBothAnswer() {
        open();
        now += 5 * SECOND;
        assertThat(breaker.whyNot(now)).isNull();
        long probe = breaker.enter(now);
        assertThat(probe).isNotEqualTo(Breaker.NO_PROBE);
        assertThat(breaker.whyNot(now)).isNull();
        assertThat(breaker.enter(now)).isEqualTo(probe);
        assertThat(breaker.whyNot(now)).isNotNull();
        assertThat(breaker.enter(now)).isEqualTo(Breaker.NO_PROBE);
        breaker.result(probe, Outcome.ANSWERED, 1, now);
        assertThat(breaker.whyNot(now)).isNotNull();
        breaker.result(probe, Outcome.ANSWERED, 1, now);
        assertThat(breaker.whyNot(now)).isNull();
        fail(3);
        assertThat(breaker.whyNot(now)).as("counts start anew").isNull();
    }

    @Test
    void opensTwiceAsLongWhenAProbeFails() {
        open();
        now += 5 * SECOND;
        breaker.result(breaker.enter(now), Outcome.TIMEOUT, 1, now);
        now += 9 * SECOND;
        assertThat(breaker.whyNot(now)).isNotNull();
        now += SECOND;
        assertThat(breaker.whyNot(now)).isNull();
    }

    @Test
    void lateFailuresNeitherLengthenNorShortenTheCoolDown() {
        open();
        now += 4 * SECOND;
        fail(50);
        now += SECOND;
        assertThat(breaker.whyNot(now)).isNull();
    }

    @Test
    void aProbeThatTellsNothingGivesItsPlaceBack() {
        open();
        now += 5 * SECOND;
        breaker.result(breaker.enter(now), Outcome.CANCELLED, 1, now);
        assertThat(breaker.enter(now)).isNotEqualTo(Breaker.NO_PROBE);
        assertThat(breaker.enter(now)).isNotEqualTo(Breaker.NO_PROBE);
    }

    @Test
    void aProbeOfAnEarlierPeriodDecidesNoLaterOne() {
        open();
        now += 5 * SECOND;
        long late = breaker.enter(now);
        breaker.result(breaker.enter(now), Outcome.TIMEOUT, 1, now);
        now += 10 * SECOND;
        long probe = breaker.enter(now);
        breaker.result(late, Outcome.TIMEOUT, 1, now);
        assertThat(breaker.enter(now)).as("still half-open").isEqualTo(probe);
        breaker.result(late, Outcome.ANSWERED, 1, now);
        breaker.result(probe, Outcome.ANSWERED, 1, now);
        assertThat(breaker.isClosed()).as("one of two answered").isFalse();
        breaker.result(probe, Outcome.ANSWERED, 1, now);
        assertThat(breaker.isClosed()).isTrue();
    }

    @Test
    void probesThatNeverComeBackMakeRoomAfterACoolDown() {
        open();
        now += 5 * SECOND;
        breaker.enter(now);
        breaker.enter(now);
        now += 4 * SECOND;
        assertThat(breaker.whyNot(now)).isNotNull();
        now += SECOND;
        assertThat(breaker.whyNot(now)).isNull();
        breaker.result(breaker.enter(now), Outcome.ANSWERED, 1, now);
        breaker.result(breaker.enter(now), Outcome.ANSWERED, 1, now);
        assertThat(breaker.isClosed()).isTrue();
    }

    @Test
    void aProbeThatTakesLongerThanACoolDownHasItsSayAllTheSame() {
        open();
        now += 5 * SECOND;
        long probe = breaker.enter(now);
        breaker.enter(now);
        now += 6 * SECOND;
        breaker.enter(now);
        breaker.result(probe, Outcome.ANSWERED, 1, now);
        breaker.result(probe, Outcome.ANSWERED, 1, now);
        assertThat(breaker.isClosed()).isTrue();
    }

    @Test
    void growsWhenItOpensAgainSoonAndStartsAnewWhenItHeldLong() {
        open();
        close();
        now += SECOND;
        open();
        now += 9 * SECOND;
        assertThat(breaker.whyNot(now)).as("10 s this time").isNotNull();
        now += SECOND;
        close();
        now += 100 * SECOND;
        open();
        now += 5 * SECOND;
        assertThat(breaker.whyNot(now)).as("5 s again").isNull();
    }

    @Test
    void slowCallsOpenItWhereTheyCount() {
        Breaker impatient = new Breaker(SETTINGS.slowCalls(Duration.ofSeconds(1), .5), now);
        for (int i = 0; i < 4; i++) {
            impatient.result(impatient.enter(now), Outcome.ANSWERED, SECOND, now);
        }
        assertThat(impatient.whyNot(now)).isNotNull();
    }

    @Test
    void noneNeverOpens() {
        Breaker none = new Breaker(BreakerSettings.none(), now);
        for (int i = 0; i < 1_000; i++) {
            none.result(none.enter(now), Outcome.TIMEOUT, 1, now);
        }
        assertThat(none.whyNot(now)).isNull();
    }

    @Test
    void countsAgreeWithAPlainListWhateverTheGaps() {
        long seed = 20_261_122;
        Random random = new Random(seed);
        long window = 10 * SECOND;
        RollingCounts counts = new RollingCounts(window, now);
        List<Long> calls = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            now += (long) (random.nextDouble() * SECOND * (random.nextInt(20) == 0 ? 30 : 1));
            counts.call(counts.bucket(now));
            calls.add(now);
            long inWindow = calls.stream().filter(at -> now - at <= window).count();
            long inNineTenths =
                    calls.stream().filter(at -> now - at < window - SECOND).count();
            assertThat(counts.calls(counts.bucket(now))).as("seed %d", seed).isBetween(inNineTenths, inWindow);
        }
    }

    @Test
    void refusesSettingsThatMeanNothing() {
        assertThatThrownBy(() -> SETTINGS.failures(1.2, 4, Duration.ofSeconds(1)))
                .hasMessage("rate must be in (0, 1], was 1.2");
        assertThatThrownBy(() -> SETTINGS.failures(.5, 0, Duration.ofSeconds(1)))
                .hasMessage("minimumCalls must be at least 1, was 0");
        assertThatThrownBy(() -> SETTINGS.failures(.5, 1, Duration.ofMillis(-1)))
                .hasMessage("window must be at least 100 ms, was PT-0.001S");
        assertThatThrownBy(() -> SETTINGS.coolDown(Duration.ZERO)).hasMessage("cool-down must be positive, was PT0S");
    }

    private void open() {
        fail(10);
        assertThat(breaker.whyNot(now)).isNotNull();
    }

    private void close() {
        now += 20 * SECOND;
        for (int i = 0; i < 2; i++) {
            breaker.result(breaker.enter(now), Outcome.ANSWERED, 1, now);
        }
        assertThat(breaker.whyNot(now)).isNull();
    }

    private void answer(int calls) {
        for (int i = 0; i < calls; i++) {
            end(Outcome.ANSWERED);
        }
    }

    private void fail(int calls) {
        for (int i = 0; i < calls; i++) {
            end(Outcome.TIMEOUT);
        }
    }

    private void end(Outcome outcome) {
        breaker.result(breaker.enter(now), outcome, 1, now);
    }

    @Test
    void theSmallestNumberOfCallsHoldsForSlowOnesInWhateverOrderItIsSaid() {
        BreakerSettings settings =
                BreakerSettings.defaults().slowCalls(Duration.ofSeconds(1), .5).failures(.5, 3, Duration.ofSeconds(60));
        assertThat(settings.trips(3, 0, 3)).isTrue();
        assertThat(settings.trips(2, 0, 2)).isFalse();
        BreakerSettings onlySlow = BreakerSettings.none().slowCalls(Duration.ofSeconds(1), .5);
        assertThat(onlySlow.trips(10, 0, 5)).isTrue();
        assertThat(onlySlow.trips(1_000, 1_000, 0)).isFalse();
    }
}

package dev.melancia.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HedgeSettingsTest {

    private static final long MILLI = 1_000_000;

    private static Latencies measured(int answers) {
        Latencies latencies = new Latencies(0);
        for (int i = 1; i <= answers; i++) {
            latencies.took(i * MILLI, 0);
        }
        return latencies;
    }

    @Test
    void adaptiveHedgingWaitsAsLongAsMostAnswersTake() {
        assertThat(HedgeSettings.adaptive().delayNanos(measured(1_000), 0)).isBetween(950 * MILLI, 1_069 * MILLI);
        assertThat(HedgeSettings.adaptive().quantile(.5).delayNanos(measured(1_000), 0))
                .isBetween(500 * MILLI, 563 * MILLI);
    }

    @Test
    void adaptiveHedgingWaitsForItsShortestDelay() {
        Latencies fast = new Latencies(0);
        for (int i = 0; i < 100; i++) {
            fast.took(MILLI, 0);
        }

        assertThat(HedgeSettings.adaptive().delayNanos(fast, 0)).isEqualTo(50 * MILLI);
        assertThat(HedgeSettings.adaptive().atLeast(Duration.ofMillis(7)).delayNanos(fast, 0))
                .isEqualTo(7 * MILLI);
    }

    @Test
    void adaptiveHedgingKnowsNothingOfAModelThatAnsweredTooSeldom() {
        assertThat(HedgeSettings.adaptive().delayNanos(measured(49), 0)).isEqualTo(Latencies.UNKNOWN);
        assertThat(HedgeSettings.adaptive().delayNanos(measured(50), 0)).isPositive();
    }

    @Test
    void aFixedDelayNeedsNoAnswers() {
        assertThat(HedgeSettings.after(Duration.ofMillis(3)).delayNanos(measured(0), 0))
                .isEqualTo(3 * MILLI);
    }

    @Test
    void sayWhatIsWrongWithThem() {
        assertThatThrownBy(() -> HedgeSettings.after(Duration.ZERO))
                .hasMessage("hedge delay must be positive, was PT0S");
        assertThatThrownBy(() -> HedgeSettings.adaptive().quantile(1))
                .hasMessage("quantile must be in (0, 1), was 1.0");
        assertThatThrownBy(() -> HedgeSettings.adaptive().quantile(Double.NaN))
                .hasMessage("quantile must be in (0, 1), was NaN");
        assertThatThrownBy(() -> HedgeSettings.adaptive().atLeast(Duration.ofMillis(-1)))
                .hasMessage("shortest hedge delay must be at least 0, was PT-0.001S");
        assertThatThrownBy(() -> HedgeSettings.adaptive().share(-1))
                .hasMessage("share of the calls must be in [0, 1], was -1.0");
    }

    @Test
    void whatWouldBeIgnoredIsRefused() {
        HedgeSettings fixed = HedgeSettings.after(Duration.ofSeconds(2));

        assertThatThrownBy(() -> HedgeSettings.none().share(.1))
                .hasMessage(
                        "HedgeSettings.none() says no delay; begin with adaptive() or after(delay), then set share 0.1");
        assertThatThrownBy(() -> fixed.quantile(.5))
                .hasMessage("quantile belongs to adaptive hedging, this is HedgeSettings[after PT2S, share=0.05]; begin"
                        + " with HedgeSettings.adaptive()");
        assertThatThrownBy(() -> fixed.atLeast(Duration.ZERO)).hasMessageStartingWith("atLeast belongs to adaptive");
        assertThatThrownBy(() -> HedgeSettings.none().quantile(.5))
                .hasMessageStartingWith("quantile belongs to adaptive hedging, this is HedgeSettings[none]");
        assertThat(HedgeSettings.none().share(0)).hasToString("HedgeSettings[none]");
        assertThat(HedgeSettings.adaptive().share(0).share(.1).isNone()).isFalse();
    }

    @Test
    void showThemselves() {
        assertThat(HedgeSettings.none()).hasToString("HedgeSettings[none]");
        assertThat(HedgeSettings.adaptive().share(0)).hasToString("HedgeSettings[none]");
        assertThat(HedgeSettings.adaptive())
                .hasToString("HedgeSettings[after quantile 0.95, at least PT0.05S, share=0.05]");
        assertThat(HedgeSettings.after(Duration.ofSeconds(2))).hasToString("HedgeSettings[after PT2S, share=0.05]");
    }
}

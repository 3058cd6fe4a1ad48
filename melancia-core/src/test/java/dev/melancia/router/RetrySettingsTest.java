package dev.melancia.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetrySettingsTest {

    private static final RetrySettings SETTINGS =
            RetrySettings.defaults().backoff(Duration.ofNanos(100), Duration.ofNanos(1_000));

    @Test
    void aPauseIsDrawnBetweenNothingAndABoundThatDoublesUpToTheLongest() {
        long[] bounds = {100, 200, 400, 800, 1_000, 1_000, 1_000};
        for (int retry = 0; retry < bounds.length; retry++) {
            assertThat(SETTINGS.backoffNanos(retry, 0)).isZero();
            assertThat(SETTINGS.backoffNanos(retry, bounds[retry])).isEqualTo(bounds[retry]);
            assertThat(SETTINGS.backoffNanos(retry, bounds[retry] + 1)).isZero();
            assertThat(SETTINGS.backoffNanos(retry, -1)).isEqualTo(bounds[retry]);
        }
    }

    @Test
    void everyPauseWithinTheBoundIsAsLikely() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int[] quarters = new int[4];
        for (int i = 0; i < 40_000; i++) {
            long pause = SETTINGS.backoffNanos(1, random.nextLong());
            assertThat(pause).as("seed %d", seed).isBetween(0L, 200L);
            quarters[(int) (pause * 4 / 201)]++;
        }

        for (int drawn : quarters) {
            assertThat(drawn).as("seed %d", seed).isBetween(9_500, 10_500);
        }
    }

    @Test
    void neitherManyRetriesNorLongPausesOverflow() {
        RetrySettings longest =
                RetrySettings.defaults().backoff(Duration.ofDays(1), Duration.ofSeconds(Long.MAX_VALUE));
        for (int retry = 0; retry <= 64; retry++) {
            assertThat(longest.backoffNanos(retry, Long.MIN_VALUE)).isNotNegative();
            assertThat(longest.backoffNanos(retry, Long.MAX_VALUE)).isNotNegative();
        }
        assertThat(RetrySettings.defaults()
                        .backoff(Duration.ZERO, Duration.ZERO)
                        .backoffNanos(3, 77))
                .isZero();
    }

    @Test
    void sayWhatIsWrongWithThem() {
        RetrySettings settings = RetrySettings.defaults();

        assertThatThrownBy(() -> settings.maxRetries(-1)).hasMessage("maxRetries must be in [0, 20], was -1");
        assertThatThrownBy(() -> settings.maxRetries(21)).hasMessage("maxRetries must be in [0, 20], was 21");
        assertThatThrownBy(() -> settings.backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessage("backoff must be at least 0 and at most its longest, was PT2S and PT1S");
        assertThatThrownBy(() -> settings.backoff(Duration.ofSeconds(-1), Duration.ofSeconds(1)))
                .hasMessage("backoff must be at least 0 and at most its longest, was PT-1S and PT1S");
        assertThatThrownBy(() -> settings.backoff(Duration.ZERO, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("longest");
        assertThatThrownBy(() -> settings.longestRetryAfter(Duration.ofSeconds(-1)))
                .hasMessage("longestRetryAfter must be at least 0, was PT-1S");
        assertThatThrownBy(() -> settings.budget(2)).hasMessage("share of the calls must be in [0, 1], was 2.0");
    }

    @Test
    void showThemselves() {
        assertThat(RetrySettings.defaults())
                .hasToString(
                        "RetrySettings[maxRetries=1, backoff=PT0.5S to PT10S, longestRetryAfter=PT30S, budget=0.2]");
        assertThat(RetrySettings.none().maxRetries()).isZero();
        assertThat(RetrySettings.none().maxRetries(1))
                .hasToString(RetrySettings.defaults().toString());
    }
}

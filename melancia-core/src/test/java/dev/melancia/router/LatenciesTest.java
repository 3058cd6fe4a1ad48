package dev.melancia.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final Latencies latencies = new Latencies(0);

    private void took(int times, long nanos, long now) {
        for (int i = 0; i < times; i++) {
            latencies.took(nanos, now);
        }
    }

    @Test
    void aQuantileIsNeverTooShortAndAtMostAnEighthTooLong() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            Latencies measured = new Latencies(0);
            long[] sorted = new long[50 + random.nextInt(500)];
            for (int i = 0; i < sorted.length; i++) {
                sorted[i] = 1 + (random.nextLong() >>> (2 + random.nextInt(61)));
                measured.took(sorted[i], 0);
            }
            Arrays.sort(sorted);
            double quantile = .01 + .98 * random.nextDouble();
            long exact = sorted[(int) Math.ceil(quantile * sorted.length) - 1];

            assertThat((double) measured.quantileNanos(quantile, 0))
                    .as("seed %d round %d quantile %f", seed, round, quantile)
                    .isBetween((double) exact, exact * 1.125);
        }
    }

    @Test
    void fewerThanFiftyAnswersTellNothing() {
        took(49, 1_000, 0);
        assertThat(latencies.quantileNanos(.5, 0)).isEqualTo(Latencies.UNKNOWN);
        took(1, 1_000, 0);
        assertThat(latencies.quantileNanos(.5, 0)).isBetween(1_000L, 1_125L);
    }

    @Test
    void answersOfTheMinuteBeforeCountAndThoseOfEarlierOnesDoNot() {
        took(100, 1_000_000, 0);
        took(10, 1_000, MINUTE);
        assertThat(latencies.quantileNanos(.5, MINUTE)).isGreaterThanOrEqualTo(1_000_000);
        took(60, 1_000, 2 * MINUTE);
        assertThat(latencies.quantileNanos(.99, 2 * MINUTE)).isLessThanOrEqualTo(1_125);
    }

    @Test
    void aLongSilenceForgetsBothMinutes() {
        took(100, 1_000_000, 0);
        took(49, 1_000, 2 * MINUTE);

        assertThat(latencies.quantileNanos(.5, 0)).isEqualTo(Latencies.UNKNOWN);
    }

    @Test
    void nothingAndForEverAreLatenciesToo() {
        took(50, 0, 0);
        assertThat(latencies.quantileNanos(.5, 0)).isOne();
        took(500, Long.MAX_VALUE, 0);
        assertThat(latencies.quantileNanos(.5, 0)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aModelThatNobodyAsksIsForgottenToo() {
        took(100, 1_000_000, 0);
        assertThat(latencies.quantileNanos(.5, 2 * MINUTE - 1)).isGreaterThanOrEqualTo(1_000_000);
        assertThat(latencies.quantileNanos(.5, 2 * MINUTE)).isEqualTo(Latencies.UNKNOWN);
        took(60, 1_000, MINUTE);
        assertThat(latencies.quantileNanos(.5, 2 * MINUTE - 1)).isGreaterThanOrEqualTo(1_000_000);
        assertThat(latencies.quantileNanos(.5, 2 * MINUTE)).isLessThanOrEqualTo(1_125);
    }
}

package dev.melancia.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Seeded random cases; a failure names its seed. */
class MeanIntervalPropertiesTest {

    private static final int CASES = 200;

    @Test
    void shiftAndScaleMoveTheIntervalAlong() {
        for (long seed = 0; seed < CASES; seed++) {
            Case one = new Case(seed);
            Interval plain = one.interval(0, 1);
            Interval moved = one.interval(-7, 40);
            assertThat(moved.low()).as("seed %s", seed).isCloseTo(-7 + 40 * plain.low(), within(1e-8));
            assertThat(moved.high()).as("seed %s", seed).isCloseTo(-7 + 40 * plain.high(), within(1e-8));
        }
    }

    @Test
    void mirroringTheScaleMirrorsTheInterval() {
        for (long seed = 0; seed < CASES; seed++) {
            Case one = new Case(seed);
            Interval plain = one.interval(0, 1);
            Interval mirrored = one.interval(1, -1);
            assertThat(mirrored.low()).as("seed %s", seed).isCloseTo(1 - plain.high(), within(1e-9));
            assertThat(mirrored.high()).as("seed %s", seed).isCloseTo(1 - plain.low(), within(1e-9));
        }
    }

    @Test
    void theOrderOfTheQuestionsChangesNothing() {
        for (long seed = 0; seed < CASES; seed++) {
            Case one = new Case(seed);
            Interval plain = one.interval(0, 1);
            one.shuffle();
            Interval shuffled = one.interval(0, 1);
            assertThat(shuffled.low()).as("seed %s", seed).isCloseTo(plain.low(), within(1e-10));
            assertThat(shuffled.high()).as("seed %s", seed).isCloseTo(plain.high(), within(1e-10));
        }
    }

    @Test
    void holdsTheEstimateAndGrowsWithTheLevel() {
        for (long seed = 0; seed < CASES; seed++) {
            Case one = new Case(seed);
            MeanInterval estimate = MeanInterval.of(one.measurements(0, 1), 0.95);
            Interval inner = estimate.interval().orElseThrow();
            Interval outer =
                    MeanInterval.of(one.measurements(0, 1), 0.99).interval().orElseThrow();
            assertThat(inner.contains(estimate.estimate().orElseThrow()))
                    .as("seed %s", seed)
                    .isTrue();
            assertThat(outer.low()).as("seed %s", seed).isLessThanOrEqualTo(inner.low());
            assertThat(outer.high()).as("seed %s", seed).isGreaterThanOrEqualTo(inner.high());
        }
    }

    /** Bounded or not, with ties or without, clustered or not, 30 to 99 values. */
    private static final class Case {

        private final boolean bounded;
        private final boolean clustered;
        private final Random random;
        private final double[] values;
        private final int[] labels;

        Case(long seed) {
            random = new Random(seed);
            bounded = random.nextBoolean();
            clustered = random.nextBoolean();
            boolean ties = random.nextBoolean();
            int n = 30 + random.nextInt(70);
            // Eighths, so that moving them to the other scale and back is exact and ties stay ties.
            values = random.doubles(n)
                    .map(v -> ties ? Math.floor(9 * v * v) / 8 : v)
                    .map(v -> Math.min(1, v))
                    .toArray();
            labels = IntStream.range(0, n).map(i -> (int) Math.sqrt(8.0 * i)).toArray();
        }

        void shuffle() {
            List<Integer> order =
                    new ArrayList<>(IntStream.range(0, values.length).boxed().toList());
            Collections.shuffle(order, random);
            double[] oldValues = values.clone();
            int[] oldLabels = labels.clone();
            for (int i = 0; i < values.length; i++) {
                values[i] = oldValues[order.get(i)];
                labels[i] = oldLabels[order.get(i)];
            }
        }

        Measurements measurements(double from, double factor) {
            double[] moved = Arrays.stream(values).map(v -> from + factor * v).toArray();
            Measurements measurements = Measurements.of(moved);
            if (bounded) {
                measurements = measurements.within(Math.min(from, from + factor), Math.max(from, from + factor));
            }
            return clustered
                    ? measurements.clusteredBy(Arrays.stream(labels).boxed().toList())
                    : measurements;
        }

        Interval interval(double from, double factor) {
            return MeanInterval.of(measurements(from, factor), 0.95).interval().orElseThrow();
        }
    }
}

package dev.melancia.stats.paired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.melancia.stats.Interval;
import dev.melancia.stats.Measurements;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Seeded random cases; a failure names its seed. */
class PairedComparisonPropertiesTest {

    private static final int CASES = 60;

    @Test
    void swappingTheSubjectsSwapsTheSignAndNothingElse() {
        for (long seed = 0; seed < CASES; seed++) {
            Case one = new Case(seed);
            PairedComparison there = one.compare(one.first, one.second);
            PairedComparison back = one.compare(one.second, one.first);
            assertThat(back.pValue()).as("seed %s", seed).isEqualTo(there.pValue());
            assertThat(back.difference()).as("seed %s", seed).isCloseTo(-there.difference(), within(1e-15));
            assertThat(back.interval().isPresent()).isEqualTo(there.interval().isPresent());
            there.interval().ifPresent(interval -> {
                Interval other = back.interval().orElseThrow();
                assertThat(other.low()).isCloseTo(-interval.high(), within(1e-9));
                assertThat(other.high()).isCloseTo(-interval.low(), within(1e-9));
            });
        }
    }

    @Test
    void theOrderOfTheQuestionsChangesNothing() {
        for (long seed = 0; seed < CASES; seed++) {
            Case one = new Case(seed);
            PairedComparison plain = one.compare(one.first, one.second);
            one.shuffle();
            PairedComparison shuffled = one.compare(one.first, one.second);
            assertThat(shuffled.pValue()).as("seed %s", seed).isEqualTo(plain.pValue());
            plain.interval()
                    .ifPresent(interval -> assertThat(
                                    shuffled.interval().orElseThrow().low())
                            .isCloseTo(interval.low(), within(1e-10)));
        }
    }

    @Test
    void anIntervalOfScoresThatLeavesOutZeroHasASmallP() {
        int leftOut = 0;
        for (long seed = 0; seed < 4 * CASES; seed++) {
            Case one = new Case(seed);
            PairedComparison actual = one.compare(one.first, one.second);
            if (actual.counts().isEmpty()
                    && actual.interval().map(interval -> !interval.contains(0)).orElse(false)) {
                assertThat(actual.pValue()).as("seed %s", seed).isLessThanOrEqualTo(0.05);
                leftOut++;
            }
        }
        assertThat(leftOut).isGreaterThan(10);
    }

    @Test
    void aLargerUnitScalesTheDifferenceAndKeepsTheP() {
        for (long seed = 0; seed < CASES; seed++) {
            Case one = new Case(seed);
            PairedComparison plain = one.compare(one.first, one.second);
            Measurements first = Measurements.of(scaled(one.first));
            Measurements second = Measurements.of(scaled(one.second));
            PairedComparison scaled = PairedComparison.of(one.clustered(first), one.clustered(second), 0.95, 1);
            if (plain.counts().isEmpty()) {
                assertThat(scaled.pValue()).as("seed %s", seed).isEqualTo(plain.pValue());
            }
            assertThat(scaled.difference()).as("seed %s", seed).isCloseTo(1024 * plain.difference(), within(1e-9));
        }
    }

    @Test
    void selectionFindsWhatSortingFinds() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            double[] values =
                    random.ints(1 + random.nextInt(60), -5, 5).asDoubleStream().toArray();
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            int rank = random.nextInt(values.length);
            assertThat(Selection.select(values, rank)).as("seed %s", seed).isEqualTo(sorted[rank]);
        }
    }

    private static double[] scaled(double[] values) {
        return Arrays.stream(values).map(v -> 1024 * v).toArray();
    }

    /** Scores with or without ties, pass or fail, in clusters or not, 5 to 64 questions. */
    private static final class Case {

        private final Random random;
        private final boolean clustered;
        private final double[] first;
        private final double[] second;
        private final int[] labels;

        Case(long seed) {
            random = new Random(seed);
            clustered = random.nextBoolean();
            int n = 5 + random.nextInt(60);
            int grades = List.of(1, 4, 1 << 20).get(random.nextInt(3));
            double lead = random.nextDouble() * 0.4;
            first = random.doubles(n).map(v -> graded(v + lead, grades)).toArray();
            second = random.doubles(n).map(v -> graded(v, grades)).toArray();
            labels = IntStream.range(0, n).map(i -> (int) Math.sqrt(4.0 * i)).toArray();
        }

        private static double graded(double value, int grades) {
            return Math.min(1, (double) Math.round(value * grades) / grades);
        }

        Measurements clustered(Measurements measurements) {
            return clustered
                    ? measurements.clusteredBy(Arrays.stream(labels).boxed().toList())
                    : measurements;
        }

        PairedComparison compare(double[] one, double[] other) {
            return PairedComparison.of(
                    clustered(Measurements.of(one).within(0, 1)),
                    clustered(Measurements.of(other).within(0, 1)),
                    0.95,
                    1);
        }

        void shuffle() {
            List<Integer> order =
                    new ArrayList<>(IntStream.range(0, first.length).boxed().toList());
            Collections.shuffle(order, random);
            double[] oldFirst = first.clone();
            double[] oldSecond = second.clone();
            int[] oldLabels = labels.clone();
            for (int i = 0; i < first.length; i++) {
                first[i] = oldFirst[order.get(i)];
                second[i] = oldSecond[order.get(i)];
                labels[i] = oldLabels[order.get(i)];
            }
        }
    }
}

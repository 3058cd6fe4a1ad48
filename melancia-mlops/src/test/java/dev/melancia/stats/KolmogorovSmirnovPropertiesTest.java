package dev.melancia.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.statistics.inference.PValueMethod;
import org.junit.jupiter.api.Test;

/** Seeded random cases; a failure names its seed. */
class KolmogorovSmirnovPropertiesTest {

    private static final org.apache.commons.statistics.inference.KolmogorovSmirnovTest COMMONS =
            org.apache.commons.statistics.inference.KolmogorovSmirnovTest.withDefaults()
                    .with(PValueMethod.EXACT);

    @Test
    void agreesWithCommonsStatisticsWithoutTies() {
        for (long seed = 0; seed < 1_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] first = random.doubles(random.nextInt(2, 80)).toArray();
            double[] second = random.doubles(random.nextInt(2, 80), 0, random.nextDouble(0.5, 1.5))
                    .toArray();
            var ours = KolmogorovSmirnov.test(first, second, random);
            var theirs = COMMONS.test(first, second);
            assertThat(ours.statistic()).as("seed %s", seed).isCloseTo(theirs.getStatistic(), within(1e-15));
            assertThat(ours.pValue()).as("seed %s", seed).isEqualTo(theirs.getPValue());
            assertThat(counted(first, second))
                    .as("seed %s", seed)
                    .isCloseTo(theirs.getPValue(), within(1e-11 * theirs.getPValue()));
        }
    }

    @Test
    void tiedPValueIsTheShareOfAllDealsWithALargerDistance() {
        for (long seed = 0; seed < 150; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int values = random.nextInt(1, 6);
            double[] first = random.ints(random.nextInt(2, 7), 0, values)
                    .asDoubleStream()
                    .toArray();
            double[] second = random.ints(random.nextInt(2, 7), 0, values)
                    .asDoubleStream()
                    .toArray();
            assertThat(KolmogorovSmirnov.test(first, second, random).pValue())
                    .as("seed %s", seed)
                    .isCloseTo(shareOfAllDeals(first, second), within(1e-12));
        }
    }

    @Test
    void swappingTheSamplesSwapsTheSidesOnly() {
        for (long seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] first =
                    random.ints(random.nextInt(2, 200), 0, 30).asDoubleStream().toArray();
            double[] second =
                    random.ints(random.nextInt(2, 200), 0, 30).asDoubleStream().toArray();
            var there = KolmogorovSmirnov.test(first, second, random);
            var back = KolmogorovSmirnov.test(second, first, random);
            assertThat(back.pValue()).as("seed %s", seed).isCloseTo(there.pValue(), within(1e-12));
            assertThat(back.secondHigher()).as("seed %s", seed).isEqualTo(there.secondLower());
        }
    }

    private static double counted(double[] first, double[] second) {
        Sample one = Sample.of(first);
        Sample two = Sample.of(second);
        KsDistance distance = KsDistance.between(one, two);
        return new TiedPaths(distance, distance.groupEnds(one, two)).tailProbability();
    }

    /** Every way to label the pooled values, D by counting at every value. */
    private static double shareOfAllDeals(double[] first, double[] second) {
        double[] pooled = KolmogorovSmirnovTest.concat(first, second);
        double observed = plainDistance(first, second);
        int deals = 0;
        int atLeast = 0;
        for (int labels = 0; labels < 1 << pooled.length; labels++) {
            if (Integer.bitCount(labels) == first.length) {
                deals++;
                if (plainDistance(chosen(pooled, labels), chosen(pooled, ~labels)) >= observed - 1e-9) {
                    atLeast++;
                }
            }
        }
        return (double) atLeast / deals;
    }

    private static double[] chosen(double[] pooled, int labels) {
        double[] chosen = new double[pooled.length];
        int size = 0;
        for (int i = 0; i < pooled.length; i++) {
            if ((labels >> i & 1) == 1) {
                chosen[size++] = pooled[i];
            }
        }
        return Arrays.copyOf(chosen, size);
    }

    private static double plainDistance(double[] first, double[] second) {
        return Arrays.stream(KolmogorovSmirnovTest.concat(first, second))
                .map(v -> Math.abs(shareUpTo(first, v) - shareUpTo(second, v)))
                .max()
                .orElseThrow();
    }

    private static double shareUpTo(double[] values, double limit) {
        return (double) Arrays.stream(values).filter(v -> v <= limit).count() / values.length;
    }
}

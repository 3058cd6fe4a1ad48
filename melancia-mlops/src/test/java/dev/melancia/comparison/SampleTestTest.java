package dev.melancia.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.melancia.mlflow.event.MetricPoint;
import dev.melancia.stats.Interval;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTestTest {

    /** R 4: {@code t.test(extra ~ group, data = sleep)}: p 0.07939, interval -3.3654832 to 0.2054832, as R's manual prints. */
    @Test
    void welchAgreesWithR() {
        double[] one = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
        double[] two = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};
        SampleTest found = SampleTest.welch(one, two);
        assertThat(found.p()).isCloseTo(0.07939, within(5e-6));
        Interval interval = found.interval().orElseThrow();
        assertThat(interval.low()).isCloseTo(-3.3654832, within(1e-7));
        assertThat(interval.high()).isCloseTo(0.2054832, within(1e-7));
        assertThat(found.n()).isEqualTo(20);
    }

    /** Fisher's tea: 3 of 4 against 1 of 4 has the two-sided p 0.4857 (34/70). */
    @Test
    void ratesOfDifferentCasesAreTestedExactly() {
        SampleTest found = SampleTest.rates(new double[] {1, 1, 1, 0}, new double[] {0, 0, 0, 1});
        assertThat(found.p()).isCloseTo(34.0 / 70, within(1e-12));
        assertThat(found.difference().orElseThrow()).isEqualTo(0.5);
        assertThat(SampleTest.rates(new double[] {1, 1}, new double[] {1}).p()).isEqualTo(1);
    }

    @Test
    void equalStepsArePairedAndTheMissingOnesLeftOut() {
        MetricSamples first = samples(0, 30, 0);
        MetricSamples second = samples(0, 30, 1);
        SampleTest paired = SampleTest.of(first, second, true);
        assertThat(paired.test()).isEqualTo(RunPair.Test.PAIRED);
        assertThat(paired.n()).isEqualTo(30);
        assertThat(SampleTest.of(first, second, false).test()).isEqualTo(RunPair.Test.UNPAIRED);
        assertThat(SampleTest.of(first, samples(1, 30, 0), true).test()).isEqualTo(RunPair.Test.UNPAIRED);
        MetricSamples gap = new MetricSamples(List.of(point(0, 1), point(1, Double.NaN), point(2, 3)));
        MetricSamples full = new MetricSamples(List.of(point(0, 1), point(1, 2), point(2, 3)));
        assertThat(SampleTest.of(gap, full, true).n()).isEqualTo(2);
    }

    @Test
    void stepsThatOccurTwiceAreNoPairs() {
        MetricSamples twice = new MetricSamples(List.of(point(0, 1), point(0, 2)));
        assertThat(twice.hasStepsOf(twice)).isFalse();
    }

    @Test
    void fewUnpairedValuesAreNotTested() {
        SampleTest few = SampleTest.of(samples(0, 19, 0), samples(5, 30, 1), true);
        assertThat(few.test()).isEqualTo(RunPair.Test.NONE);
        assertThat(few.obstacle()).isEqualTo("n too small: 19 and 30 values with other steps, at least 20 each needed");
        double[] flat = new double[25];
        assertThat(SampleTest.welch(flat, flat).obstacle()).isEqualTo("all values of each run are equal");
    }

    private static MetricSamples samples(int firstStep, int count, double more) {
        return new MetricSamples(IntStream.range(0, count)
                .mapToObj(i -> point(firstStep + i, (i * 37 % 11) / 7.0 + more + i % 3))
                .toList());
    }

    private static MetricPoint point(long step, double value) {
        return new MetricPoint(value, step, Instant.EPOCH);
    }
}

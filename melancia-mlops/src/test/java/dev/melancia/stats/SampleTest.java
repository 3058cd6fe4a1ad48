package dev.melancia.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SampleTest {

    @Test
    void quantilesInterpolateBetweenNeighbours() {
        Sample sample = Sample.of(4, 1, 3, 2);

        assertThat(sample.quantile(0)).isEqualTo(1);
        assertThat(sample.median()).isEqualTo(2.5);
        assertThat(sample.quantile(0.9)).isCloseTo(3.7, within(1e-12));
        assertThat(sample.quantile(1)).isEqualTo(4);
        assertThat(Sample.of(7).quantile(0.3)).isEqualTo(7);
    }

    @Test
    void interpolatesFarApartValuesWithoutOverflow() {
        assertThat(Sample.of(-Double.MAX_VALUE, Double.MAX_VALUE).median()).isZero();
    }

    @Test
    void laterChangesOfTheArrayDoNotReachIt() {
        double[] values = {3, 1, 2};
        Sample sample = Sample.of(values);
        values[0] = 100;

        assertThat(sample.quantile(1)).isEqualTo(3);
        assertThat(values).containsExactly(100, 1, 2);
    }

    @Test
    void rejectsWhatIsNoMeasurement() {
        assertThatIllegalArgumentException()
                .isThrownBy(Sample::of)
                .withMessage("values must hold at least one value, was empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sample.named("latency", 1, Double.POSITIVE_INFINITY))
                .withMessageStartingWith("latency[1] must be a finite number, was Infinity");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sample.of(1, 2).quantile(1.5))
                .withMessage("probability must be in [0, 1], was 1.5");
    }
}

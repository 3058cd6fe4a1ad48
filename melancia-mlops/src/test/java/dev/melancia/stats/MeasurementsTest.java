package dev.melancia.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementsTest {

    @Test
    void numbersClustersByFirstAppearance() {
        Measurements measurements = Measurements.of(1, 2, 3, 4).clusteredBy(List.of("b", "a", "b", "c"));

        assertThat(measurements.clusterNumbers()).containsExactly(0, 1, 0, 2);
        assertThat(measurements.clusterCount()).isEqualTo(3);
        assertThat(measurements.clustered()).isTrue();
        assertThat(Measurements.of(1, 2).clusteredBy(List.of("a", "b")).clustered())
                .isFalse();
    }

    @Test
    void passOrFailMeansEveryValueAtAnEndOfTheScale() {
        assertThat(Measurements.of(0, 1, 1).within(0, 1).yesNo()).isTrue();
        assertThat(Measurements.of(0, 1, .5).within(0, 1).yesNo()).isFalse();
        assertThat(Measurements.of(0, 1, 1).yesNo()).isFalse();
        assertThat(Measurements.of().within(0, 1).yesNo()).isFalse();
    }

    @Test
    void repeatedAnswersAreAveragedForEachQuestion() {
        assertThat(Measurements.averages(new double[][] {{1, 0}, {.5}})).containsExactly(.5, .5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Measurements.averages(new double[][] {{1}, {}}))
                .withMessage("repeats[1] must hold at least one value, was empty; leave the question out");
    }

    @Test
    void differencesReachAsFarBothWaysAndKeepTheClusters() {
        Measurements first = Measurements.of(1, 0, .5).within(0, 1).clusteredBy(List.of(1, 1, 2));
        Measurements second = Measurements.of(0, 0, 1).within(0, 1).clusteredBy(List.of(1, 1, 2));

        Measurements difference = first.minus(second);

        assertThat(difference.toArray()).containsExactly(1, 0, -.5);
        assertThat(difference.low()).isEqualTo(-1);
        assertThat(difference.high()).isEqualTo(1);
        assertThat(difference.clusterNumbers()).containsExactly(0, 0, 1);
    }

    @Test
    void refusesToSubtractWhatDoesNotBelongTogether() {
        Measurements scores = Measurements.of(1, 0).within(0, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scores.minus(Measurements.of(1).within(0, 1)))
                .withMessage("both must have the same questions, were 2 and 1 values");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scores.minus(Measurements.of(1, 0)))
                .withMessageContaining("both must have one scale");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scores.minus(scores.clusteredBy(List.of(1, 1))))
                .withMessage("both must have the same clusters; give both the same labels");
    }

    @Test
    void saysWhichValueIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Measurements.of(1, Double.NaN))
                .withMessage("values[1] must be a finite number, was NaN; leave values out that were not measured");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Measurements.of(1, 1.5).within(0, 1))
                .withMessage("values[1] must be in [0.0, 1.0], was 1.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Measurements.of(1).within(1, 0))
                .withMessage("low must be below high, were 1.0 and 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Measurements.of(1, 2).clusteredBy(List.of("a")))
                .withMessage("there must be one label for each value, were 1 for 2");
    }
}

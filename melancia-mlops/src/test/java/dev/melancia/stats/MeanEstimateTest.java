package dev.melancia.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Reference values: SciPy 1.17.1, numpy.std(ddof=1) and scipy.stats.t.interval(level, n-1, mean, sem). */
class MeanEstimateTest {

    private static final double[] EIGHT = {.31, .47, .52, .60, .12, .95, .44, .38};

    @Test
    void agreesWithScipyOnEightValues() {
        MeanEstimate estimate = MeanEstimate.of(EIGHT, .95);

        assertThat(estimate.mean().orElseThrow()).isCloseTo(.47375, within(1e-14));
        assertThat(estimate.standardDeviation().orElseThrow()).isCloseTo(.24106534383855344, within(1e-14));
        assertThat(estimate.interval().orElseThrow().low()).isCloseTo(.2722143290711094, within(1e-10));
        assertThat(estimate.interval().orElseThrow().high()).isCloseTo(.6752856709288906, within(1e-10));
    }

    @Test
    void agreesWithScipyAtAnotherLevel() {
        Interval interval = MeanEstimate.of(EIGHT, .99).interval().orElseThrow();

        assertThat(interval.low()).isCloseTo(.17549089445250526, within(1e-10));
        assertThat(interval.high()).isCloseTo(.7720091055474947, within(1e-10));
    }

    @Test
    void agreesWithScipyOnSixtyValues() {
        double[] values =
                IntStream.range(0, 60).mapToDouble(i -> (i * 37 % 101) / 100.0).toArray();

        Interval interval = MeanEstimate.of(values, .95).interval().orElseThrow();

        assertThat(interval.low()).isCloseTo(.4192320089671352, within(1e-10));
        assertThat(interval.high()).isCloseTo(.5711013243661982, within(1e-10));
    }

    @Test
    void twoValuesGiveAnIntervalThatAdmitsHowLittleTheySay() {
        Interval interval =
                MeanEstimate.of(new double[] {154.7, 4.21}, .95).interval().orElseThrow();

        assertThat(interval.low()).isCloseTo(-876.6233753734647, within(1e-6));
        assertThat(interval.high()).isCloseTo(1035.5333753734647, within(1e-6));
    }

    @Test
    void oneValueHasAMeanButNoIntervalAndSaysWhy() {
        MeanEstimate estimate = MeanEstimate.of(new double[] {1}, .95);

        assertThat(estimate.mean()).hasValue(1);
        assertThat(estimate.standardDeviation()).isEmpty();
        assertThat(estimate.interval()).isEmpty();
        assertThat(estimate.noInterval()).hasValue("n too small");
        assertThat(estimate).hasToString("1.00 (n too small), n=1");
    }

    @Test
    void noValueIsAnUnknownMeanNotZero() {
        assertThat(MeanEstimate.of(new double[0], .95).mean()).isEmpty();
        assertThat(MeanEstimate.of(new double[0], .95)).hasToString("unknown, n=0");
    }

    @Test
    void equalValuesDoNotBecomeACertainMean() {
        MeanEstimate estimate = MeanEstimate.of(new double[] {.1, .1, .1}, .95);

        assertThat(estimate.interval()).isEmpty();
        assertThat(estimate.noInterval()).hasValue("all values equal");
    }

    @Test
    void keepsDigitsOfLargeValuesWithSmallSpread() {
        MeanEstimate estimate = MeanEstimate.of(new double[] {1e12 + 1, 1e12 + 2, 1e12 + 3}, .95);

        assertThat(estimate.mean().orElseThrow()).isEqualTo(1e12 + 2);
        assertThat(estimate.standardDeviation().orElseThrow()).isEqualTo(1);
    }

    @Test
    void rejectsWhatIsNotANumberAndLevelsOutOfRange() {
        assertThatThrownBy(() -> MeanEstimate.of(new double[] {1, Double.NaN}, .95))
                .hasMessage("values must be finite, was NaN at index 1");
        assertThatThrownBy(() -> MeanEstimate.of(EIGHT, 95)).hasMessage("level must be in (0, 1), was 95.0");
    }
}

package dev.melancia.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Reference values: SciPy 1.17.1, binomtest(k, n).proportion_ci(level, method="wilson"). 81 of 263 and 15 of 148 are also
 * in Newcombe 1998 (doi:10.1002/(SICI)1097-0258(19980430)17:8), table I, method 3: .2553 to .3662 and .0624 to .1605.
 */
class ProportionEstimateTest {

    @ParameterizedTest
    @CsvSource({
        "3, 60, .95, 0.017149502164395668, 0.13700516476348518",
        "0, 10, .95, 0.0, 0.27753279986288926",
        "10, 10, .95, 0.7224672001371109, 1.0",
        "1, 1, .95, 0.20654931437723745, 1.0",
        "81, 263, .95, 0.2552885198782742, 0.36620957698280004",
        "15, 148, .95, 0.06238639953073629, 0.16048724172330803",
        "5, 56, .99, 0.03029187495721354, 0.23529324617716058",
    })
    void agreesWithScipy(int successes, int n, double level, double low, double high) {
        Interval interval =
                new ProportionEstimate(successes, n, level).interval().orElseThrow();

        assertThat(interval.low()).isCloseTo(low, within(1e-12));
        assertThat(interval.high()).isCloseTo(high, within(1e-12));
    }

    @Test
    void noTrialIsAnUnknownRate() {
        assertThat(new ProportionEstimate(0, 0, .95).rate()).isEmpty();
        assertThat(new ProportionEstimate(0, 0, .95).interval()).isEmpty();
    }

    @Test
    void printsRateIntervalAndCount() {
        assertThat(new ProportionEstimate(3, 60, .95)).hasToString("0.05 [0.02, 0.14], 3 of 60");
    }

    @Test
    void rejectsMoreSuccessesThanTrials() {
        assertThatThrownBy(() -> new ProportionEstimate(4, 3, .95))
                .hasMessage("successes must be in [0, n], was 4 of 3");
    }
}

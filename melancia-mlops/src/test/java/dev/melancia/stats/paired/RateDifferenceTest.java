package dev.melancia.stats.paired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.melancia.stats.Interval;
import dev.melancia.stats.ProportionEstimate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateDifferenceTest {

    /**
     * By SciPy 1.17.1: the roots (optimize.brentq) of the score, with the constrained maximum found as the root of the likelihood's
     * derivative and not by its formula.
     */
    @ParameterizedTest
    @CsvSource({
        "12, 2, 50, 0.061112406186344, 0.3447087482821487",
        "9, 1, 60, 0.03731006927970358, 0.24825646827836864",
        "5, 5, 60, -0.11421843918061675, 0.11421843918061673",
        "30, 12, 200, 0.027641709436084815, 0.15508205324273558",
        "20, 8, 40, 0.04193023936832949, 0.5166909674761331",
    })
    void pairedRatesHaveTangosInterval(int b, int c, int n, double low, double high) {
        Interval interval = RateDifference.paired(new McNemar(b, c, n), 0.95).interval();

        assertThat(interval.low()).isCloseTo(low, within(1e-11));
        assertThat(interval.high()).isCloseTo(high, within(1e-11));
    }

    @Test
    void swappingThePairedSubjectsSwapsTheSign() {
        for (int b = 0; b <= 12; b++) {
            for (int c = 0; c <= 12; c++) {
                Interval one =
                        RateDifference.paired(new McNemar(b, c, 24), 0.95).interval();
                Interval other =
                        RateDifference.paired(new McNemar(c, b, 24), 0.95).interval();
                assertThat(one.low()).as("%s, %s", b, c).isCloseTo(-other.high(), within(1e-9));
                assertThat(one.contains((b - c) / 24.0)).as("%s, %s", b, c).isTrue();
            }
        }
    }

    @Test
    void subjectsThatNeverDifferHaveAnIntervalAndOnesThatAlwaysDoStayInRange() {
        double z2 = 1.959963984540054 * 1.959963984540054;
        Interval never = RateDifference.paired(new McNemar(0, 0, 60), 0.95).interval();
        Interval always = RateDifference.paired(new McNemar(60, 0, 60), 0.95).interval();

        assertThat(never.high()).isCloseTo(z2 / (60 + z2), within(1e-9));
        assertThat(always.high()).isEqualTo(1);
        assertThat(always.low()).isBetween(0.8, 0.95);
    }

    /**
     * Ends from scipy.stats.binomtest(...).proportion_ci(.95, "wilson") of SciPy 1.17.1. 56/70 against 48/80 is also in Newcombe 1998
     * (doi:10.1002/(SICI)1097-0258(19980430)17:8), table II, method 10: .0524 to .3339.
     */
    @ParameterizedTest
    @CsvSource({
        "56, 70, 48, 80, 0.05243147240236484, 0.3338726540369059",
        "9, 10, 3, 10, 0.17052272393450296, 0.8090179735354881",
        "0, 20, 0, 30, -0.11351339317396875, 0.16112515805281935",
    })
    void unpairedRatesHaveNewcombesInterval(int x1, int n1, int x2, int n2, double low, double high) {
        RateDifference difference =
                RateDifference.unpaired(new ProportionEstimate(x1, n1, 0.95), new ProportionEstimate(x2, n2, 0.95));

        assertThat(difference.interval().low()).isCloseTo(low, within(1e-10));
        assertThat(difference.interval().high()).isCloseTo(high, within(1e-10));
    }

    @Test
    void refusesRatesWithoutTrials() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RateDifference.paired(new McNemar(0, 0, 0), 0.95))
                .withMessage("there must be at least one question, was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        RateDifference.unpaired(new ProportionEstimate(0, 0, 0.95), new ProportionEstimate(0, 1, 0.95)))
                .withMessage("both rates must have at least one trial, were 0 and 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        RateDifference.unpaired(new ProportionEstimate(0, 1, 0.9), new ProportionEstimate(0, 1, 0.95)))
                .withMessage("both rates must have one level, were 0.9 and 0.95");
    }
}

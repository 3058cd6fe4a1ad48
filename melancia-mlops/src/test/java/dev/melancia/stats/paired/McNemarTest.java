package dev.melancia.stats.paired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * SciPy 1.17.1: p = binomtest(b, b + c).pvalue; mid-p less binom.pmf(min(b, c), b + c, .5); odds p/(1 - p) of
 * proportion_ci(.95, "exact").
 */
class McNemarTest {

    @ParameterizedTest
    @CsvSource({
        "12, 2, 0.012939453125, 0.00738525390625, 1.3357437224672493, 55.19709066788505",
        "9, 1, 0.021484375, 0.01171875, 1.2471096253276643, 394.4791130336655",
        "30, 12, 0.007915897334896727, 0.0054015726545912895, 1.242963135062152, 5.361668483508041",
        "3, 3, 1, 1, 0.1339375881777302, 7.466164006724067",
        "0, 6, 0.03125, 0.015625, 0, 0.8493111942973236",
        "0, 5, 0.0625, 0.03125, 0, 1.091279105182546",
        "6, 0, 0.03125, 0.015625, 1.1774247257241777, Infinity",
        "150, 60, 4.446974714804005e-10, 3.0942318085459747e-10, 1.8414363423486613, 3.4315264982303217",
    })
    void agreesWithScipy(int b, int c, double p, double midP, double low, double high) {
        McNemar counts = new McNemar(b, c, 300);

        assertThat(counts.pValue()).isCloseTo(p, within(1e-9 * p));
        assertThat(counts.midP()).isCloseTo(midP, within(1e-9 * midP));
        assertThat(counts.oddsRatio().orElseThrow()).isEqualTo((double) b / c);
        var odds = counts.oddsRatioInterval(0.95).orElseThrow();
        assertThat(odds.low()).isCloseTo(low, within(1e-9 * low));
        if (Double.isInfinite(high)) {
            assertThat(odds.high()).isInfinite();
        } else {
            assertThat(odds.high()).isCloseTo(high, within(1e-9 * high));
        }
    }

    @Test
    void subjectsThatNeverDifferShowNothing() {
        McNemar counts = new McNemar(0, 0, 60);

        assertThat(counts.pValue()).isEqualTo(1);
        assertThat(counts.midP()).isEqualTo(1);
        assertThat(counts.oddsRatio()).isEmpty();
        assertThat(counts.oddsRatioInterval(0.95)).isEmpty();
    }

    @Test
    void rejectsCountsThatDoNotAddUp() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new McNemar(3, 3, 5))
                .withMessage("n must be at least onlyFirst + onlySecond, was 5 for 3 and 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new McNemar(-1, 3, 5))
                .withMessage("counts must not be negative, were -1 and 3");
    }
}

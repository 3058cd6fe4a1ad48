package dev.melancia.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Ranks: scipy.stats.quantile_test(1..n, p=p).confidence_interval(.95) of SciPy 1.17.1 where each side can be 2.5 %; for 59 and 60 by
 * trying all pairs of ranks with scipy.stats.binom.cdf.
 */
class QuantileEstimateTest {

    private static QuantileEstimate ofRanks(int n, double probability) {
        double[] ranks = IntStream.rangeClosed(1, n).asDoubleStream().toArray();
        return QuantileEstimate.of(Sample.of(ranks), probability, 0.95);
    }

    @ParameterizedTest
    @CsvSource({
        "6, .5, 1, 6",
        "30, .25, 3, 13",
        "60, .5, 22, 39",
        "59, .95, 50, 59",
        "60, .95, 52, 60",
        "72, .95, 64, 72",
        "200, .95, 184, 197",
        "299, .99, 289, 299",
        "368, .99, 360, 368",
        "400, .99, 392, 400"
    })
    void agreesWithScipy(int n, double probability, int low, int high) {
        Interval interval = ofRanks(n, probability).interval().orElseThrow();

        assertThat(interval.low()).isEqualTo(low);
        assertThat(interval.high()).isEqualTo(high);
    }

    @ParameterizedTest
    @CsvSource({".5, 6", ".9, 29", ".95, 59", ".99, 299"})
    void thereIsNoneBelowTheSmallestSampleAndItSaysSo(double probability, int smallest) {
        QuantileEstimate estimate = ofRanks(smallest - 1, probability);

        assertThat(estimate.smallestSample()).isEqualTo(smallest);
        assertThat(estimate.interval()).isEmpty();
        assertThat(estimate.noInterval()).contains("n too small: " + (smallest - 1) + " of " + smallest);
        assertThat(ofRanks(smallest, probability).interval()).isPresent();
    }

    @Test
    void printsItself() {
        assertThat(ofRanks(59, 0.5)).hasToString("30.00 [22.00, 38.00], n=59");
        assertThat(ofRanks(5, 0.5)).hasToString("3.00 (n too small: 5 of 6), n=5");
    }

    @Test
    void rejectsWhatIsNoProbability() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ofRanks(9, 1))
                .withMessage("probability must be in (0, 1), was 1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QuantileEstimate.of(Sample.of(1), 0.5, 1))
                .withMessage("level must be in (0, 1), was 1.0");
    }
}

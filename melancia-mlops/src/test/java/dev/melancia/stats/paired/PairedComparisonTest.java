package dev.melancia.stats.paired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.melancia.stats.Interval;
import dev.melancia.stats.Measurements;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reference values: SciPy 1.17.1 and NumPy 2.4.6, as named at each test. */
class PairedComparisonTest {

    private static final double[] TWELVE = {.31, -.12, .25, .07, -.03, .44, .18, -.22, .09, .15, .28, -.05};
    private static final double[] FIRST =
            IntStream.range(0, 40).mapToDouble(i -> (i * 37 % 101) / 100.0).toArray();
    private static final double[] SECOND =
            IntStream.range(0, 40).mapToDouble(i -> (i * 53 % 97) / 97.0 * .9).toArray();

    private static PairedComparison compare(double[] first, double[] second) {
        return PairedComparison.of(
                Measurements.of(first).within(0, 1), Measurements.of(second).within(0, 1), 0.95, 1);
    }

    private static PairedComparison differences(double... differences) {
        return PairedComparison.of(
                Measurements.of(differences), Measurements.of(new double[differences.length]), 0.95, 1);
    }

    /** scipy.stats.permutation_test(permutation_type="samples", n_resamples=inf). */
    @Test
    void fewDifferencesHaveTheExactPValue() {
        PairedComparison actual = differences(TWELVE);

        assertThat(actual.test()).isEqualTo(PairedComparison.Test.SIGN_FLIPS_EXACT);
        assertThat(actual.pValue()).isEqualTo(0.072265625);
        assertThat(actual.difference()).isCloseTo(0.1125, within(1e-15));
        assertThat(actual.noInterval()).contains("n too small: 12 questions, at least 20 needed");
    }

    /** The 102nd smallest and largest of the means over all 4,095 subsets, by NumPy. */
    @Test
    void theIntervalHoldsTheShiftsThatAreNotRejected() {
        int[] ones = new int[12];
        Arrays.fill(ones, 1);
        Interval interval = new SignFlips(TWELVE, ones, 1).interval(0.95).orElseThrow();

        assertThat(interval.low()).isCloseTo(-0.012, within(1e-15));
        assertThat(interval.high()).isCloseTo(0.23666666666666666, within(1e-15));
    }

    /** All 2^20 flips by NumPy: p = .30066680908203125, interval -.08726804123711342 to .2643298969072165. */
    @Test
    void randomFlipsAgreeWithAllOfThemWithinFourMonteCarloErrors() {
        double[] twenty =
                IntStream.range(0, 20).mapToDouble(i -> FIRST[i] - SECOND[i]).toArray();
        double p = 0.30066680908203125;
        double error = Math.sqrt(p * (1 - p) / SignFlips.RANDOM_FLIPS);
        int[] ones = new int[20];
        Arrays.fill(ones, 1);
        for (long seed = 0; seed < 10; seed++) {
            SignFlips flips = new SignFlips(twenty, ones, seed);
            assertThat(flips.exact()).isFalse();
            assertThat(flips.pValue()).as("seed %s", seed).isCloseTo(p, within(4 * error));
            Interval interval = flips.interval(0.95).orElseThrow();
            // Error of a quantile: sqrt(q (1 - q) / m) over the density there, some .6 for these differences.
            double quantileError = Math.sqrt(.025 * .975 / (2.0 * SignFlips.RANDOM_FLIPS)) / 0.6;
            assertThat(interval.low()).as("seed %s", seed).isCloseTo(-0.08726804123711342, within(4 * quantileError));
            assertThat(interval.high()).as("seed %s", seed).isCloseTo(0.2643298969072165, within(4 * quantileError));
        }
    }

    @Test
    void theExactTestOfPassesAndFailuresIsMcNemars() {
        double[] first = IntStream.range(0, 60).mapToDouble(i -> i < 40 ? 1 : 0).toArray();
        double[] second = IntStream.range(0, 60)
                .mapToDouble(i -> i < 30 || i >= 58 ? 1 : 0)
                .toArray();
        List<Integer> own = IntStream.range(0, 60).boxed().toList();

        PairedComparison actual = compare(first, second);

        assertThat(actual.counts()).contains(new McNemar(10, 2, 60));
        assertThat(actual.test()).isEqualTo(PairedComparison.Test.MCNEMAR_EXACT);
        assertThat(actual.pValue()).isCloseTo(new McNemar(10, 2, 60).pValue(), within(1e-15));
        int[] ones = new int[60];
        Arrays.fill(ones, 1);
        double[] d =
                IntStream.range(0, 60).mapToDouble(i -> first[i] - second[i]).toArray();
        assertThat(new SignFlips(d, ones, 1).pValue()).isCloseTo(actual.pValue(), within(1e-12));
        assertThat(PairedComparison.of(
                                Measurements.of(first).within(0, 1).clusteredBy(own),
                                Measurements.of(second).within(0, 1).clusteredBy(own),
                                0.95,
                                1)
                        .pValue())
                .isEqualTo(actual.pValue());
    }

    @Test
    void wholeClustersAreFlipped() {
        // Ten copies of each of six questions: as much evidence as six questions, 2 of 64 flips.
        double[] second = IntStream.range(0, 60).mapToDouble(i -> .3).toArray();
        List<Integer> labels = IntStream.range(0, 60).map(i -> i / 10).boxed().toList();
        double[] first = labels.stream().mapToDouble(g -> .5 + .01 * g).toArray();

        PairedComparison clustered = PairedComparison.of(
                Measurements.of(first).within(0, 1).clusteredBy(labels),
                Measurements.of(second).within(0, 1).clusteredBy(labels),
                0.95,
                1);

        assertThat(clustered.pValue()).isEqualTo(2 / 64.0);
        assertThat(clustered.clusters()).isEqualTo(6);
        assertThat(compare(first, second).pValue()).isLessThan(0.001);
    }

    @Test
    void subjectsThatNeverDifferAreNotProvenEqual() {
        PairedComparison actual = compare(FIRST, FIRST);

        assertThat(actual.pValue()).isEqualTo(1);
        assertThat(actual.difference()).isZero();
        Interval interval = actual.interval().orElseThrow();
        assertThat(interval.low()).isBetween(-0.1, -0.05);
        assertThat(interval.high()).isBetween(0.05, 0.1);
        assertThat(actual.rankBiserial()).isEmpty();
        assertThat(actual.standardizedDifference()).isEmpty();
        assertThat(actual.minimumDetectable(0.05, 0.8)).isEmpty();
    }

    /** NumPy: mean / std(ddof=1) * (1 - 3/43); scipy.stats.rankdata. */
    @Test
    void effectSizesAgreeWithNumPy() {
        PairedComparison actual = differences(TWELVE);

        assertThat(actual.standardizedDifference().orElseThrow()).isCloseTo(0.5402035153208352, within(1e-12));
        assertThat(actual.rankBiserial().orElseThrow()).isCloseTo(0.5897435897435898, within(1e-12));
    }

    /** Effects that scipy.stats.nct gives power .8 at level alpha, in standard errors; n - 1 degrees of freedom. */
    @ParameterizedTest
    @CsvSource({
        "12, .05, 3.0783917245347627, .001",
        "12, .001, 5.485125598076525, .032",
        "60, .05, 2.848228849397913, .001",
        "60, .001, 4.331620135960981, .005",
        "200, .05, 2.8151960121383817, .001",
        "200, .001, 4.18920261987403, .002",
    })
    void minimumDetectableDifferenceIsCloseToTheNoncentralT(int n, double alpha, double effect, double relative) {
        double[] values =
                IntStream.range(0, n).mapToDouble(i -> (i * 37 % 101) / 100.0).toArray();
        PairedComparison actual = differences(values);

        assertThat(actual.minimumDetectable(alpha, 0.8).orElseThrow()
                        / actual.standardError().orElseThrow())
                .isCloseTo(effect, within(relative * effect));
    }

    @Test
    void refusesWhatCannotBeCompared() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> compare(new double[0], new double[0]))
                .withMessage("there must be at least one question that both answered, was none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> compare(FIRST, new double[] {1}))
                .withMessage("both must have the same questions, were 40 and 1 values");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> differences(TWELVE).minimumDetectable(0.05, 0.3))
                .withMessage("power must be in (.5, 1), was 0.3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> differences(TWELVE).minimumDetectable(0, 0.8))
                .withMessage("alpha must be in (0, 1), was 0.0");
    }
}

package dev.melancia.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import dev.melancia.stats.KolmogorovSmirnovResult.Method;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.PValueMethod;
import org.junit.jupiter.api.Test;

class KolmogorovSmirnovTest {

    /**
     * 40 against 40 ratings in {0..3}, D = .125. The share of deals of the pooled ratings with a D at least as large was
     * summed with exact integers over all multivariate hypergeometric outcomes, apart from this code:
     * 15001880512252760403 / 23848094217687705515.
     */
    private static final double[] RATINGS = counts(13, 6, 10, 11);

    private static final double[] OTHER_RATINGS = counts(8, 10, 10, 12);
    private static final double RATINGS_TRUTH = 0.6290599313854661;

    @Test
    void givesTheTruthForTiedRatingsWhereIgnoringTiesDoesNot() {
        var result = KolmogorovSmirnov.test(RATINGS, OTHER_RATINGS, seeded());

        assertThat(result.statistic()).isEqualTo(0.125);
        assertThat(result.method()).isEqualTo(Method.EXACT_WITH_TIES);
        assertThat(result.pValue()).isCloseTo(RATINGS_TRUTH, within(1e-12));
        double ignoringTies = org.apache.commons.statistics.inference.KolmogorovSmirnovTest.withDefaults()
                .with(PValueMethod.EXACT)
                .test(RATINGS, OTHER_RATINGS)
                .getPValue();
        assertThat(ignoringTies).isCloseTo(0.919, within(0.001));
    }

    @Test
    void randomDealsAgreeWithTheTruthAndRepeatWithTheirSeed() {
        Sample first = Sample.of(RATINGS);
        Sample second = Sample.of(OTHER_RATINGS);

        var result = KolmogorovSmirnov.permutationTest(first, second, 20_000, seeded());

        assertThat(result.method()).isEqualTo(Method.PERMUTATION);
        assertThat(result.permutations()).hasValue(20_000);
        assertThat(result.pValue()).isCloseTo(RATINGS_TRUTH, within(0.015));
        assertThat(KolmogorovSmirnov.permutationTest(first, second, 20_000, seeded())
                        .pValue())
                .isEqualTo(result.pValue());
    }

    @Test
    void randomDealsCountTheObservedOneSoThatPIsNeverZero() {
        Sample low = Sample.of(IntStream.range(0, 50).asDoubleStream().toArray());
        Sample high = Sample.of(IntStream.range(100, 150).asDoubleStream().toArray());

        assertThat(KolmogorovSmirnov.permutationTest(low, high, 99, seeded()).pValue())
                .isEqualTo(0.01);
    }

    @Test
    void completeSeparationOfFourAgainstFourIsTheFirstThatCanBeSignificant() {
        var result = KolmogorovSmirnov.test(new double[] {1, 2, 3, 4}, new double[] {5, 6, 7, 8}, seeded());

        assertThat(result.statistic()).isEqualTo(1);
        assertThat(result.secondHigher()).isEqualTo(1);
        assertThat(result.secondLower()).isZero();
        assertThat(result.pValue()).isCloseTo(2.0 / 70, within(1e-15));
    }

    @Test
    void oneRepeatedValueIsATie() {
        var across = KolmogorovSmirnov.test(new double[] {1, 2, 3}, new double[] {3, 4, 5}, seeded());
        var within = KolmogorovSmirnov.test(new double[] {1, 3, 3}, new double[] {2, 4, 5}, seeded());

        assertThat(across.method()).isEqualTo(Method.EXACT_WITH_TIES);
        assertThat(within.method()).isEqualTo(Method.EXACT_WITH_TIES);
    }

    @Test
    void equalConstantsDoNotDiffer() {
        var result = KolmogorovSmirnov.test(new double[] {5, 5, 5}, new double[] {5, 5}, seeded());

        assertThat(result.statistic()).isZero();
        assertThat(result.pValue()).isEqualTo(1);
    }

    @Test
    void zeroAndMinusZeroAreOneValue() {
        var result = KolmogorovSmirnov.test(new double[] {-0.0, -0.0, 1}, new double[] {0.0, 0.0, 1}, seeded());

        assertThat(result.statistic()).isZero();
    }

    @Test
    void smallSampleAgainstHugeBaselineIsExact() {
        double[] baseline = new SplittableRandom(3).doubles(30_000).toArray();
        double[] current = new SplittableRandom(4).doubles(40, 0.1, 1.1).toArray();

        var result = KolmogorovSmirnov.test(baseline, current, seeded());

        assertThat(result.method()).isEqualTo(Method.EXACT);
        var simulated = KolmogorovSmirnov.permutationTest(Sample.of(baseline), Sample.of(current), 2_000, seeded());
        assertThat(simulated.pValue()).isCloseTo(result.pValue(), within(0.04));
    }

    @Test
    void limitFormulaMeetsTheExactValueAtLargeSizes() {
        double[] first = new SplittableRandom(5).doubles(20_000).toArray();
        double[] second = new SplittableRandom(6).doubles(20_000, 0.01, 1.01).toArray();

        var exact = KolmogorovSmirnov.test(first, second, seeded());
        double limit = KolmogorovSmirnov.asymptotic(KsDistance.between(Sample.of(first), Sample.of(second)));

        assertThat(exact.method()).isEqualTo(Method.EXACT);
        assertThat(limit).isCloseTo(exact.pValue(), within(0.05 * exact.pValue()));
    }

    @Test
    void hugeSamplesUseTheLimitFormula() {
        double[] first = new SplittableRandom(7).doubles(150_000).toArray();
        double[] second = new SplittableRandom(8).doubles(150_000, 0.1, 1.1).toArray();

        var result = KolmogorovSmirnov.test(first, second, seeded());

        assertThat(result.method()).isEqualTo(Method.ASYMPTOTIC);
        assertThat(result.statistic()).isCloseTo(0.1, within(0.01));
        assertThat(result.pValue()).isLessThan(1e-100);
    }

    @Test
    void manyRatingsAreDealtAtRandomUnlessTheDifferenceIsPlain() {
        double[] first =
                new SplittableRandom(10).ints(20_000, 0, 4).asDoubleStream().toArray();
        double[] second =
                new SplittableRandom(11).ints(20_000, 0, 4).asDoubleStream().toArray();
        double[] third =
                new SplittableRandom(12).ints(20_000, 1, 4).asDoubleStream().toArray();

        var same = KolmogorovSmirnov.test(first, second, seeded());
        var different = KolmogorovSmirnov.test(first, third, seeded());

        assertThat(same.method()).isEqualTo(Method.PERMUTATION);
        assertThat(same.permutations()).hasValue(KolmogorovSmirnov.PERMUTATIONS);
        assertThat(same.pValue()).isBetween(0.01, 1.0);
        assertThat(different.method()).isEqualTo(Method.ASYMPTOTIC);
        assertThat(different.pValue()).isLessThan(1e-100);
    }

    @Test
    void limitFormulaIsNeverBelowTheTruthOfTiedSamples() {
        SplittableRandom random = new SplittableRandom(9);
        for (int round = 0; round < 50; round++) {
            double[] first = random.ints(300, 0, 5).asDoubleStream().toArray();
            double[] second = random.ints(300, 0, 5).asDoubleStream().toArray();
            var exact = KolmogorovSmirnov.test(first, second, seeded());
            double limit = KolmogorovSmirnov.asymptotic(KsDistance.between(Sample.of(first), Sample.of(second)));
            assertThat(limit).isGreaterThanOrEqualTo(exact.pValue());
        }
    }

    @Test
    void rejectsMissingValuesWithTheirIndex() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KolmogorovSmirnov.test(new double[] {1, 2}, new double[] {1, Double.NaN}, seeded()))
                .withMessage("second[1] must be a finite number, was NaN; leave values out that were not measured");
    }

    @Test
    void rejectsSamplesOfOneValueAndNoDeals() {
        Sample one = Sample.of(1);
        Sample two = Sample.of(1, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KolmogorovSmirnov.test(two, one, seeded()))
                .withMessage("second must hold at least 2 values, was 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KolmogorovSmirnov.permutationTest(two, two, 0, seeded()))
                .withMessage("permutations must be at least 1, was 0");
        assertThatNullPointerException()
                .isThrownBy(() -> KolmogorovSmirnov.test(two, two, null))
                .withMessage("random");
    }

    @Test
    void saysHowItWasComputed() {
        assertThat(KolmogorovSmirnov.test(RATINGS, OTHER_RATINGS, seeded()))
                .asString()
                .contains("D=0.125", "EXACT_WITH_TIES", "sizes=40 and 40");
    }

    static double[] counts(int... counts) {
        return IntStream.range(0, counts.length)
                .flatMap(value -> IntStream.generate(() -> value).limit(counts[value]))
                .asDoubleStream()
                .toArray();
    }

    private static SplittableRandom seeded() {
        return new SplittableRandom(20_261_122);
    }

    static double[] concat(double[] first, double[] second) {
        double[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}

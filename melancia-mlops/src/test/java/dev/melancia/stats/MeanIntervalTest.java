package dev.melancia.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.melancia.stats.MeanInterval.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Reference values: SciPy 1.17.1 and NumPy 2.4.6. Student's t from scipy.stats.t.interval; the cluster-robust variance and its degrees of
 * freedom from the n x n covariance matrices of the definition; the score interval as the roots of {@code (p - x)^2 = q^2 x (1
 * - x) / m}; Hall's ends by scipy.optimize.brentq on the transformation itself.
 */
class MeanIntervalTest {

    private static final double[] FORTY =
            IntStream.range(0, 40).mapToDouble(i -> (i * 37 % 101) / 100.0).toArray();
    private static final double[] MANY_ONES = DoubleStream.concat(
                    Arrays.stream(FORTY).map(v -> Math.max(0, Math.min(1, 1.5 * v - 0.2))),
                    DoubleStream.generate(() -> 1).limit(20))
            .toArray();

    private static MeanInterval of(Measurements measurements) {
        return MeanInterval.of(measurements, 0.95);
    }

    private static void assertEnds(MeanInterval actual, double low, double high) {
        Interval interval = actual.interval().orElseThrow();
        assertThat(interval.low()).isCloseTo(low, within(1e-9 * Math.abs(low)));
        assertThat(interval.high()).isCloseTo(high, within(1e-9 * Math.abs(high)));
    }

    @Test
    void symmetricValuesWithoutBoundsHaveStudentsInterval() {
        double[] values = IntStream.range(0, 40)
                .mapToDouble(i -> Math.pow(i - 19.5, 3) / 100 + 7)
                .toArray();

        MeanInterval actual = of(Measurements.of(values));

        assertThat(actual.method()).isEqualTo(Method.SKEW_CORRECTED_T);
        assertEnds(actual, -2.7720904002884144, 16.772090400288413);
    }

    @Test
    void clustersOfOneSizeHaveStudentsIntervalOfTheirMeans() {
        List<Integer> labels = IntStream.range(0, 100).map(i -> i / 5).boxed().toList();
        double[] values = IntStream.range(0, 100)
                .mapToDouble(i -> Math.pow(labels.get(i) - 9.5, 3) / 50 + i % 5 - 2)
                .toArray();

        MeanInterval actual = of(Measurements.of(values).clusteredBy(labels));

        assertThat(actual.clusters()).isEqualTo(20);
        assertThat(actual.degreesOfFreedom().orElseThrow()).isCloseTo(19, within(1e-9));
        assertEnds(actual, -3.598050042883415, 3.598050042883415);
    }

    @Test
    void unequalClustersHaveTheErrorAndDegreesOfTheMatrixDefinition() {
        List<Integer> labels = IntStream.range(0, 16)
                .flatMap(g -> IntStream.generate(() -> g).limit(1 + g / 2))
                .boxed()
                .toList();
        double[] values = IntStream.range(0, labels.size())
                .mapToDouble(i -> (i * 29 % 31) / 31.0 + 0.3 * (labels.get(i) * 7 % 5))
                .toArray();

        MeanInterval actual = of(Measurements.of(values).clusteredBy(labels));

        assertThat(actual.estimate().orElseThrow()).isCloseTo(1.0680107526881721, within(1e-14));
        assertThat(actual.standardError().orElseThrow()).isCloseTo(0.11658021996450467, within(1e-10));
        assertThat(actual.degreesOfFreedom().orElseThrow()).isCloseTo(8.852037138310813, within(1e-8));
    }

    @Test
    void boundedScoresHaveTheScoreInterval() {
        MeanInterval actual = of(Measurements.of(MANY_ONES).within(0, 1));

        assertThat(actual.method()).isEqualTo(Method.SCORE);
        assertThat(actual.caution()).isEmpty();
        assertEnds(actual, 0.5813454834591222, 0.7750399639721837);
    }

    @Test
    void skewedValuesHaveHallsInterval() {
        double[] values = Arrays.stream(FORTY).map(v -> Math.exp(3 * v)).toArray();

        assertEnds(of(Measurements.of(values)), 4.882007531231796, 8.432772516768676);
    }

    @Test
    void passOrFailHasWilsonsInterval() {
        double[] values = IntStream.range(0, 60).mapToDouble(i -> i < 3 ? 1 : 0).toArray();

        MeanInterval actual = of(Measurements.of(values).within(0, 1));

        assertThat(actual.method()).isEqualTo(Method.WILSON);
        assertEnds(actual, 0.017149502164395668, 0.13700516476348518);
    }

    @Test
    void allEqualOnAScaleLeavesRoomForWhatWasNotSeen() {
        double[] ones = new double[60];
        Arrays.fill(ones, 1);
        Interval rate = new ProportionEstimate(60, 60, 0.95).interval().orElseThrow();

        MeanInterval passes = of(Measurements.of(ones).within(0, 1));
        MeanInterval clustered = of(Measurements.of(ones)
                .within(0, 1)
                .clusteredBy(IntStream.range(0, 60).map(i -> i / 6).boxed().toList()));

        assertEnds(passes, rate.low(), 1);
        assertThat(clustered.method()).isEqualTo(Method.ALL_EQUAL);
        assertThat(clustered.interval().orElseThrow().low()).isLessThan(rate.low());
        assertThat(of(Measurements.of(ones)).noInterval()).contains("all values equal");
    }

    @Test
    void fewBoundedValuesAllowForTheLargestSpreadAndSaySo() {
        MeanInterval actual = of(Measurements.of(.4, .5, .6).within(0, 1));

        assertThat(actual.method()).isEqualTo(Method.LARGEST_SPREAD);
        assertThat(actual.caution().orElseThrow()).startsWith("n too small to know the spread: 3 values");
        assertEnds(actual, 0.5 - wilsonHalf(3), 0.5 + wilsonHalf(3));
    }

    /** Wilson's half width at a rate of one half. */
    private static double wilsonHalf(int n) {
        double z = 1.959963984540054;
        return z * Math.sqrt(0.25 / n + z * z / (4.0 * n * n)) / (1 + z * z / n);
    }

    @Test
    void fewValuesWithoutBoundsHaveNoInterval() {
        MeanInterval few = of(Measurements.of(Arrays.copyOf(FORTY, 29)));
        double[] mostlyZero =
                IntStream.range(0, 60).mapToDouble(i -> i < 9 ? i : 0).toArray();

        assertThat(few.interval()).isEmpty();
        assertThat(few.noInterval()).contains("n too small: 29 values without bounds, at least 30 needed");
        assertThat(few.caution()).isEqualTo(few.noInterval());
        assertThat(of(Measurements.of(mostlyZero)).noInterval().orElseThrow())
                .startsWith("n too small: 8 values unlike the commonest");
        assertThat(of(Measurements.of()).noInterval()).contains("no values");
        assertThat(of(Measurements.of())).hasToString("unknown, n=0");
    }

    @Test
    void verySkewedValuesAreGivenWithACaution() {
        double[] values = IntStream.range(0, 40)
                .mapToDouble(i -> Math.exp(1.5 * (i - 19.5) / 8))
                .toArray();

        MeanInterval actual = of(Measurements.of(values));

        assertThat(actual.interval()).isPresent();
        assertThat(actual.caution().orElseThrow()).startsWith("n too small: 40 values for so skewed a spread");
    }

    @Test
    void intervalsStayOnTheScale() {
        double[] values = IntStream.range(0, 40)
                .mapToDouble(i -> i == 0 ? 0.2 : i < 4 ? 0.98 : 1)
                .toArray();
        List<Integer> labels = IntStream.range(0, 40).map(i -> i / 4).boxed().toList();

        for (Measurements measurements : List.of(
                Measurements.of(values).within(0, 1),
                Measurements.of(values).within(0, 1).clusteredBy(labels))) {
            Interval interval = of(measurements).interval().orElseThrow();
            assertThat(interval.high()).isLessThanOrEqualTo(1);
            assertThat(interval.contains(of(measurements).estimate().orElseThrow()))
                    .isTrue();
        }
    }

    @Test
    void clustersWithoutSpreadBetweenThemAreNotTakenForCertainty() {
        double[] halves = IntStream.range(0, 40).mapToDouble(i -> i % 2).toArray();
        List<Integer> pairs = IntStream.range(0, 40).map(i -> i / 2).boxed().toList();

        MeanInterval actual = of(Measurements.of(halves).within(0, 1).clusteredBy(pairs));

        assertThat(actual.method()).isEqualTo(Method.LARGEST_SPREAD);
        assertEnds(actual, 0.5 - wilsonHalf(20), 0.5 + wilsonHalf(20));
    }

    @Test
    void oneClusterOfManyValuesIsWorthOneValue() {
        MeanInterval actual =
                of(Measurements.of(MANY_ONES).within(0, 1).clusteredBy(Collections.nCopies(60, "one document")));

        assertThat(actual.method()).isEqualTo(Method.LARGEST_SPREAD);
        assertThat(actual.interval().orElseThrow().high()
                        - actual.interval().orElseThrow().low())
                .isGreaterThan(0.8);
        assertThat(actual.standardError()).isEmpty();
    }

    @Test
    void rejectsALevelThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MeanInterval.of(Measurements.of(1), 95))
                .withMessage("level must be in (0, 1), was 95.0");
    }
}

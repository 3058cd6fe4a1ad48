package dev.melancia.stats.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.melancia.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Reference values: SciPy 1.17.1 and NumPy 2.4.6, as named at each test. */
class AgreementTest {

    private static final double[] A =
            IntStream.range(0, 40).mapToDouble(i -> (i * 37 % 101) / 100.0).toArray();
    private static final double[] B =
            IntStream.range(0, 40).mapToDouble(i -> (i * 53 % 97) / 97.0 * .9).toArray();
    private static final boolean[] RIGHT = new boolean[40];
    private static final double[] SCORES = new double[40];
    private static final double[] OTHER_SCORES = new double[40];

    static {
        for (int i = 0; i < 40; i++) {
            RIGHT[i] = i * 7 % 3 != 0;
            SCORES[i] = tenths(A[i] + (RIGHT[i] ? .3 : 0));
            OTHER_SCORES[i] = tenths(B[i] + (RIGHT[i] ? .1 : 0));
        }
    }

    /** As numpy.round(x, 1). */
    private static double tenths(double value) {
        return Math.rint(value * 10) / 10;
    }

    private static Offset<Double> relative(double value) {
        return within(1e-9 * Math.abs(value));
    }

    private static void assertValue(OptionalDouble actual, double expected) {
        assertThat(actual.orElseThrow()).isCloseTo(expected, relative(expected));
    }

    private static void assertEnds(Interval actual, double low, double high) {
        assertThat(actual.low()).isCloseTo(low, relative(low));
        assertThat(actual.high()).isCloseTo(high, relative(high));
    }

    /** scipy.stats.pearsonr and its confidence_interval(.95). */
    @Test
    void pearsonAgreesWithScipy() {
        double[] y = IntStream.range(0, 40).mapToDouble(i -> A[i] * .6 + B[i]).toArray();
        Correlation actual = Correlation.pearson(A, y);

        assertValue(actual.estimate(), 0.6411194975739959);
        assertValue(actual.pValue(), 8.308978198008232e-06);
        assertEnds(actual.interval(.95).orElseThrow(), 0.4118658130105085, 0.7940461451454205);
    }

    /** scipy.stats.spearmanr; interval from numpy.arctanh with variance (1 + r^2/2)/(n - 3). */
    @Test
    void spearmanAgreesWithScipyOnTiedValues() {
        double[] y = IntStream.range(0, 40)
                .mapToDouble(i -> tenths(A[i] * .6 + B[i]))
                .toArray();
        Correlation actual = Correlation.spearman(A, y);

        assertValue(actual.estimate(), 0.6123536422106591);
        assertValue(actual.pValue(), 2.676883257486289e-05);
        assertEnds(actual.interval(.95).orElseThrow(), 0.3465814498801236, 0.7871152559506372);
    }

    @Test
    void aConstantHasNoCorrelationAndALineNoInterval() {
        double[] constant = new double[40];
        assertThat(Correlation.pearson(A, constant).estimate()).isEmpty();
        assertThat(Correlation.pearson(A, constant).pValue()).isEmpty();
        assertThat(Correlation.pearson(new double[] {1, 2, 3, 4}, new double[] {1, 2, 3, 4})
                        .interval(.95))
                .isEmpty();
        assertThat(Correlation.pearson(new double[] {1, 2, 4}, new double[] {1, 3, 2})
                        .interval(.95))
                .isEmpty();
    }

    /** Area: scipy.stats.mannwhitneyu / (m n). DeLong's errors from the m x n comparisons with numpy.cov. */
    @Test
    void areasAgreeWithScipy() {
        Auc actual = Auc.of(RIGHT, SCORES);

        assertValue(actual.estimate(), 0.8214285714285714);
        assertValue(actual.standardError(), 0.0710210103509551);
        assertEnds(actual.interval(.95).orElseThrow(), 0.6403963491960261, 0.9223725266732777);
        assertValue(Auc.of(RIGHT, OTHER_SCORES).estimate(), 0.6112637362637363);
        assertValue(Auc.of(RIGHT, OTHER_SCORES).standardError(), 0.09450875036165511);
    }

    @Test
    void differenceOfAreasAgreesWithDeLong() {
        AucDifference actual = AucDifference.of(Auc.of(RIGHT, SCORES), Auc.of(RIGHT, OTHER_SCORES));

        assertValue(actual.estimate(), 0.21016483516483508);
        assertValue(actual.standardError(), 0.11285265901124622);
        assertValue(actual.pValue(), 0.06256165400636199);
        assertEnds(actual.interval(.95).orElseThrow(), -0.011022312056787081, 0.4313519823864572);
    }

    @Test
    void bootstrapOfSingleAnswersIsCloseToDeLongAndOfGroupsFollowsTheGroups() {
        AucDifference difference = AucDifference.of(Auc.of(RIGHT, SCORES), Auc.of(RIGHT, OTHER_SCORES));
        List<Integer> own = IntStream.range(0, 40).boxed().toList();
        Interval deLong = difference.interval(.95).orElseThrow();

        Interval single = difference.bootstrapInterval(own, .95, 1).orElseThrow();

        assertThat(single.low()).isCloseTo(deLong.low(), within(.05));
        assertThat(single.high()).isCloseTo(deLong.high(), within(.05));
        assertThat(difference.bootstrapInterval(own, .95, 1)).contains(single);

        // Each answer three times over is no news when the copies are one group.
        boolean[] right = new boolean[120];
        double[] scores = new double[120];
        double[] others = new double[120];
        List<Integer> groups = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            right[i] = RIGHT[i / 3];
            scores[i] = SCORES[i / 3];
            others[i] = OTHER_SCORES[i / 3];
            groups.add(i / 3);
        }
        AucDifference copies = AucDifference.of(Auc.of(right, scores), Auc.of(right, others));
        assertEnds(copies.bootstrapInterval(groups, .95, 1).orElseThrow(), single.low(), single.high());
        assertThat(copies.interval(.95).orElseThrow().high()).isLessThan(deLong.high() - .05);
    }

    @Test
    void areasWithoutBothKindsOfAnswersAreUnknown() {
        assertThat(Auc.of(new boolean[] {true, true}, new double[] {1, 2}).estimate())
                .isEmpty();
        assertThat(Auc.of(new boolean[] {true, false}, new double[] {1, 2}).interval(.95))
                .isEmpty();
        boolean[] separated = {true, true, false, false};
        assertThat(Auc.of(separated, new double[] {4, 3, 2, 1}).estimate()).hasValue(1);
        assertThat(Auc.of(separated, new double[] {4, 3, 2, 1}).interval(.95)).isEmpty();
    }

    private static final int[] JUDGE =
            IntStream.range(0, 60).map(i -> i * 5 % 7 % 4).toArray();
    private static final int[] PEOPLE = IntStream.range(0, 60)
            .map(i -> i % 3 != 0 ? JUDGE[i] : i * 11 % 13 % 4)
            .toArray();

    private static List<Integer> list(int[] values) {
        return IntStream.of(values).boxed().toList();
    }

    /** NumPy: the definition, and its delta method with complex-step derivatives. */
    @Test
    void kappaAgreesWithItsDefinitionAndTheDeltaMethod() {
        Kappa nominal = Kappa.of(list(JUDGE), list(PEOPLE));
        Kappa linear = Kappa.weighted(JUDGE, PEOPLE, Kappa.Weights.LINEAR);
        Kappa quadratic = Kappa.weighted(JUDGE, PEOPLE, Kappa.Weights.QUADRATIC);

        assertValue(nominal.estimate(), 0.6399099774943735);
        assertValue(nominal.standardError(), 0.0763298521343294);
        assertValue(nominal.agreement(), 0.7333333333333333);
        assertValue(linear.estimate(), 0.6164772727272725);
        assertValue(linear.standardError(), 0.08886800118780139);
        assertValue(linear.agreement(), 0.85);
        assertValue(quadratic.estimate(), 0.6034912718204487);
        assertValue(quadratic.standardError(), 0.11209603669480526);
        double half = 1.959963984540054 * 0.0763298521343294;
        assertEnds(nominal.interval(.95).orElseThrow(), 0.6399099774943735 - half, 0.6399099774943735 + half);
    }

    @Test
    void ratersThatNeverDifferOrNeverVaryAreNotCertain() {
        Kappa perfect = Kappa.of(list(JUDGE), list(JUDGE));
        assertThat(perfect.estimate().orElseThrow()).isCloseTo(1, within(1e-12));
        assertThat(perfect.interval(.95)).isEmpty();
        Kappa constant = Kappa.of(List.of("yes", "yes"), List.of("yes", "yes"));
        assertThat(constant.estimate()).isEmpty();
        assertThat(constant.agreement()).hasValue(1);
        assertThat(Kappa.of(List.of(), List.of()).agreement()).isEmpty();
    }

    @Test
    void refusesWhatDoesNotBelongTogether() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Correlation.pearson(A, new double[1]))
                .withMessage("both must have the same length, were 40 and 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Auc.of(new boolean[1], new double[] {Double.NaN}))
                .withMessage("scores[0] must be a finite number, was NaN; leave pairs out that were not measured");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AucDifference.of(
                        Auc.of(new boolean[] {true, false}, new double[2]),
                        Auc.of(new boolean[] {false, true}, new double[2])))
                .withMessage("both areas must be of the same answers: the labels differ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Kappa.of(List.of(1), List.of()))
                .withMessage("both must have the same length, were 1 and 0");
    }
}

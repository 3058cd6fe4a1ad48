package dev.melancia.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {

    private static final int USERS = 50_000;

    @Test
    void placesAKeyByItsBucket() {
        Split split = Split.of("hybrid", 0.8);

        assertThat(split.bucket("user-1")).isEqualTo(6_985);
        assertThat(split.arm("user-1")).isZero();
        assertThat(split.arm("ユーザー7")).isEqualTo(1);
        assertThat(split).hasToString("hybrid[8000/10000, 2000/10000]");
    }

    @Test
    void givesABucketToTheFirstArmItsWeightsReach() {
        Split split = Split.ofWeights("s", 2, 0, 3);

        assertThat(split.arms()).isEqualTo(3);
        assertThat(split.totalWeight()).isEqualTo(5);
        assertThat(IntStream.range(0, 5).map(split::armOfBucket)).containsExactly(0, 0, 2, 2, 2);
        assertThatIllegalArgumentException().isThrownBy(() -> split.armOfBucket(5));
        assertThatIllegalArgumentException().isThrownBy(() -> split.armOfBucket(-1));
    }

    @Test
    void sendsEverybodyOneWayAtZeroAndOne() {
        Split none = Split.of("hybrid", 0);
        Split all = Split.of("hybrid", 1);

        for (int user = 0; user < 1_000; user++) {
            assertThat(none.arm("user-" + user)).isEqualTo(1);
            assertThat(all.arm("user-" + user)).isZero();
        }
        // The greatest hash there is must stay inside.
        assertThat(Split.of("ce", 1).arm("QdGm")).isZero();
        assertThat(Split.ofWeights("ce", Integer.MAX_VALUE).bucket("QdGm")).isEqualTo(Integer.MAX_VALUE - 1);
    }

    @Test
    void onlyMovesKeysIntoAGrowingArm() {
        Split small = Split.of("canary", 0.05);
        Split large = Split.of("canary", 0.25);

        for (int user = 0; user < 5_000; user++) {
            if (small.arm("user-" + user) == 0) {
                assertThat(large.arm("user-" + user)).isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.2, 0.5, 0.8, 0.99})
    void dealsIdsOfManyShapesEvenly(double p) {
        long seed = 7;
        SplittableRandom random = new SplittableRandom(seed);
        Split split = Split.of("hybrid", p);
        int numbered = 0;
        int random64 = 0;
        int mail = 0;
        int drawn = 0;
        for (int i = 0; i < USERS; i++) {
            numbered += 1 - split.arm(Integer.toString(i));
            random64 += 1 - split.arm(Long.toHexString(random.nextLong()));
            mail += 1 - split.arm("usuário" + i + "@exemplo.com.br");
            drawn += 1 - split.armOfDraw(i);
        }
        // Five standard deviations of a binomial share: one false alarm in 1.7 million.
        double tolerance = 5 * Math.sqrt(p * (1 - p) / USERS);
        assertThat(List.of(numbered, random64, mail, drawn))
                .as("seed %d", seed)
                .allSatisfy(count ->
                        assertThat(Math.abs((double) count / USERS - p)).isLessThan(tolerance));
    }

    @Test
    void dealsTwoSplitsIndependently() {
        Split one = Split.of("one", 0.5);
        Split two = Split.of("two", 0.5);
        int byKey = 0;
        int byDraw = 0;
        for (int i = 0; i < USERS; i++) {
            byKey += one.arm("user-" + i) == two.arm("user-" + i) ? 1 : 0;
            byDraw += one.armOfDraw(i) == two.armOfDraw(i) ? 1 : 0;
        }
        double tolerance = 5 * Math.sqrt(0.25 / USERS);
        assertThat(Math.abs((double) byKey / USERS - 0.5)).isLessThan(tolerance);
        assertThat(Math.abs((double) byDraw / USERS - 0.5)).isLessThan(tolerance);
    }

    @Test
    void replaysARecordedDraw() {
        assertThat(Split.of("hybrid", 0.8).bucketOfDraw(42))
                .isEqualTo(Split.of("hybrid", 0.1).bucketOfDraw(42));
    }

    @Test
    void refusesWeightsThatCannotBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Split.ofWeights("s", 1, -1))
                .withMessage("split \"s\": weight 1 must be at least 0, was -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Split.ofWeights("s", 0, 0))
                .withMessageContaining("was 0");
        assertThatIllegalArgumentException().isThrownBy(() -> Split.ofWeights("s"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Split.ofWeights("s", Integer.MAX_VALUE, 1))
                .withMessageContaining("was 2147483648");
    }
}

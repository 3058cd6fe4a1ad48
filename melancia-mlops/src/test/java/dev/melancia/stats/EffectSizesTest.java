package dev.melancia.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EffectSizesTest {

    @Test
    void countsWinsMinusLossesOverAllPairs() {
        for (long seed = 0; seed < 100; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] first =
                    random.ints(random.nextInt(1, 30), 0, 8).asDoubleStream().toArray();
            double[] second =
                    random.ints(random.nextInt(1, 30), 0, 8).asDoubleStream().toArray();
            double balance = Arrays.stream(second)
                    .map(y -> Arrays.stream(first).map(x -> Math.signum(y - x)).sum())
                    .sum();
            assertThat(EffectSizes.between(Sample.of(first), Sample.of(second)).cliffsDelta())
                    .as("seed %s", seed)
                    .isCloseTo(balance / (first.length * second.length), within(1e-12));
        }
    }

    @Test
    void shiftsAreInTheUnitOfTheValues() {
        double[] base = IntStream.rangeClosed(0, 100).asDoubleStream().toArray();
        double[] shifted = Arrays.stream(base).map(v -> v + 7).toArray();

        EffectSizes effects = EffectSizes.between(Sample.of(base), Sample.of(shifted));

        assertThat(effects.medianShift()).isEqualTo(7);
        assertThat(effects.p95Shift()).isCloseTo(7, within(1e-12));
    }

    @Test
    void completeSeparationIsOneAndSamplesThatAreEqualAreZero() {
        Sample low = Sample.of(1, 2, 3);
        Sample high = Sample.of(4, 5);
        assertThat(EffectSizes.between(low, high).cliffsDelta()).isEqualTo(1);
        assertThat(EffectSizes.between(high, low).cliffsDelta()).isEqualTo(-1);
        assertThat(EffectSizes.between(low, low).cliffsDelta()).isZero();
    }

    @Test
    void rejectsWhatIsNoEffect() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EffectSizes(1.5, 0, 0))
                .withMessage("cliffsDelta must be in [-1, 1], was 1.5");
        assertThatIllegalArgumentException().isThrownBy(() -> new EffectSizes(0, Double.NaN, 0));
    }
}

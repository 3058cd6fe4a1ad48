package dev.melancia.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class HolmTest {

    /** By hand from the formula: .01 x 4; max(.04, .02 x 3); max(.06, .03 x 2); max(.06, .04 x 1). */
    @Test
    void multipliesTheSmallestMostAndKeepsTheOrder() {
        assertThat(Holm.adjust(0.04, 0.01, 0.03, 0.02))
                .containsExactly(new double[] {0.06, 0.04, 0.06, 0.06}, Offset.offset(1e-15));
    }

    @Test
    void neverExceedsOneAndLeavesASingleValueAlone() {
        assertThat(Holm.adjust(0.6, 0.9)).containsExactly(1, 1);
        assertThat(Holm.adjust(0.03)).containsExactly(0.03);
        assertThat(Holm.adjust()).isEmpty();
    }

    @Test
    void rejectsWhatIsNoProbability() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Holm.adjust(0.1, Double.NaN))
                .withMessage("pValues[1] must be in [0, 1], was NaN");
        assertThatIllegalArgumentException().isThrownBy(() -> Holm.adjust(1.1));
    }
}

package dev.melancia.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class CostTest {

    private static final TokenPrice MINI = TokenPrice.usdPerMillionTokens("0.15", "0.60");

    @Test
    void isExactToThePicoDollar() {
        assertThat(MINI.costOf(1, 1).picoUsd()).isEqualTo(750_000);
        assertThat(MINI.costOf(900, 120)).hasToString("0.000207 USD");
        Cost tenMillion = Cost.zero();
        for (int i = 0; i < 10_000; i++) {
            tenMillion = tenMillion.plus(MINI.costOf(1_000, 0));
        }
        assertThat(tenMillion.usd()).hasValueSatisfying(usd -> assertThat(usd).isEqualByComparingTo("1.5"));
    }

    @Test
    void aSumWithAnUnknownPartIsUnknownAndNeverZero() {
        Cost sum = MINI.costOf(10, 10).plus(Cost.unknown());
        assertThat(sum.kind()).isEqualTo(Cost.Kind.UNKNOWN);
        assertThat(sum.usd()).isEmpty();
        assertThat(sum).hasToString("unknown");
        assertThat(Cost.zero()).hasToString("0 USD");
    }

    @Test
    void aSumIsAsTrustworthyAsItsWeakestPart() {
        Cost estimated = Cost.estimatedPicoUsd(400_000_000L);
        assertThat(estimated.plus(Cost.zero())).isEqualTo(estimated).hasToString("~0.0004 USD");
    }

    @Test
    void anEstimateOfNothingIsNotKnownToBeNothing() {
        assertThat(Cost.estimatedPicoUsd(0)).isNotEqualTo(Cost.zero()).hasToString("~0 USD");
        assertThat(Cost.zero().plus(Cost.estimatedPicoUsd(0)).kind()).isEqualTo(Cost.Kind.ESTIMATED);
        assertThatThrownBy(() -> Cost.estimatedPicoUsd(-1)).hasMessageContaining("was -1 (ESTIMATED)");
    }

    @Test
    void aSumBeyondTheLargestAmountSaysWhatWasAdded() {
        Cost most = Cost.knownPicoUsd(Long.MAX_VALUE);

        assertThat(most.plus(Cost.zero())).isEqualTo(most);
        assertThatThrownBy(() -> most.plus(Cost.estimatedPicoUsd(1)))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("the sum of 9223372.036854775807 USD and ~0.000000000001 USD must be at most"
                        + " 9223372.036854775807 USD; add amounts of that size as BigDecimal, see usd()");
    }

    @Test
    void refusesPricesItCannotHoldExactly() {
        assertThatThrownBy(() -> TokenPrice.usdPerMillionTokens("0.1234567", "0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("inputUsdPerMillionTokens must be at least 0 with at most six decimals, was 0.1234567");
        assertThatThrownBy(() -> TokenPrice.usdPerMillionTokens("0", "-1")).hasMessageContaining("was -1");
        assertThatThrownBy(() -> MINI.costOf(-1, 0)).hasMessageContaining("were -1 and 0");
    }

    @Test
    void projectsTheThreeScenariosWithoutTheThousandfoldSlip() {
        // 1,000 calls a day of 100 tokens at 0.15 USD per million are 0.015 USD a day, not 15.
        var scenarios = CostProjection.threeScenarios(new Traffic(1_000, 100, 0), MINI, new BigDecimal("30"));
        assertThat(scenarios)
                .extracting(CostProjection::scenario)
                .containsExactly("100 % paid", "100 % local", "20 % paid, 80 % local");
        assertThat(scenarios.get(0).usdPerMonth()).isEqualByComparingTo("0.45");
        assertThat(scenarios.get(1).usdPerMonth()).isEqualByComparingTo("30");
        assertThat(scenarios.get(2).usdPerMonth()).isEqualByComparingTo("30.09");
        assertThat(scenarios.get(2).usdPerYear()).isEqualByComparingTo("361.08");
    }

    @Test
    void refusesAShareOutsideItsRange() {
        assertThatThrownBy(() -> CostProjection.of(new Traffic(1, 1, 1), 1.2, MINI, BigDecimal.TEN))
                .hasMessage("paidShare must be in [0, 1], was 1.2");
    }
}

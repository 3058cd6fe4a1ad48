package dev.melancia.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.output.TokenUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a call costs of which more, or less, was counted than input and output. */
class TokenPriceCountsTest {

    private static final TokenPrice PLAIN = TokenPrice.usdPerMillionTokens("0.15", "0.60");
    private static final TokenPrice CACHED = PLAIN.withCachedInput("0.075");
    private static final TokenCounts CALL = TokenCounts.of(2_000, 100);

    @Test
    void chargesTheCachedPartOfTheInputAtItsOwnPrice() {
        Cost cost = CACHED.costOf(CALL.withCachedInput(1_500));

        // 500 x 0.15 + 1500 x 0.075 + 100 x 0.60, a millionth each
        assertThat(cost).isEqualTo(Cost.knownPicoUsd(247_500_000)).hasToString("0.0002475 USD");
    }

    @Test
    void chargesTheReasoningPartOfTheOutputAtItsOwnPrice() {
        TokenPrice price = PLAIN.withReasoning("3.5");

        assertThat(price.costOf(CALL.withReasoning(40)))
                .isEqualTo(Cost.knownPicoUsd(300_000_000 + 36_000_000 + 140_000_000));
    }

    @Test
    void aPartWithoutAPriceOfItsOwnIsChargedAsTheWhole() {
        assertThat(PLAIN.costOf(CALL.withCachedInput(1_500).withReasoning(90)))
                .isEqualTo(PLAIN.costOf(CALL))
                .isEqualTo(Cost.knownPicoUsd(360_000_000));
    }

    @Test
    void anUncountedPartMakesAnUpperBoundThatSaysSo() {
        assertThat(CACHED.costOf(CALL)).isEqualTo(Cost.estimatedPicoUsd(360_000_000));
        assertThat(PLAIN.withCachedInput("0.2").costOf(CALL))
                .as("caching may cost more than reading afresh")
                .isEqualTo(Cost.estimatedPicoUsd(460_000_000));
        assertThat(PLAIN.withReasoning("3.5").costOf(CALL)).isEqualTo(Cost.estimatedPicoUsd(650_000_000));
        assertThat(CACHED.costOf(2_000, 100)).isEqualTo(CACHED.costOf(CALL));
    }

    @Test
    void anUncountedPartThatMakesNoDifferenceLeavesTheCostKnown() {
        assertThat(PLAIN.withCachedInput("0.150").costOf(CALL).kind()).isEqualTo(Cost.Kind.KNOWN);
        assertThat(CACHED.costOf(TokenCounts.of(0, 100))).isEqualTo(Cost.knownPicoUsd(60_000_000));
        assertThat(CACHED.costOf(0, 100)).isEqualTo(Cost.knownPicoUsd(60_000_000));
        assertThat(PLAIN.withReasoning("9").costOf(TokenCounts.of(2_000, 0)).kind())
                .isEqualTo(Cost.Kind.KNOWN);
    }

    @Test
    void doesNotBelieveAPartThatIsLargerThanItsWhole() {
        assertThat(CACHED.costOf(CALL.withCachedInput(2_001))).isEqualTo(CACHED.costOf(CALL));
        assertThat(CACHED.costOf(CALL.withCachedInput(2_000)).kind()).isEqualTo(Cost.Kind.KNOWN);
    }

    @Test
    void costsNothingThatWasNotCountedUnlessItIsFree() {
        for (TokenCounts counts :
                new TokenCounts[] {TokenCounts.unknown(), TokenCounts.of(1, -1), TokenCounts.of(-1, 1)}) {
            assertThat(PLAIN.costOf(counts)).isEqualTo(Cost.unknown());
            assertThat(TokenPrice.free().costOf(counts)).isEqualTo(Cost.zero());
        }
    }

    @Test
    void aPartThatCostsSomethingIsNotFree() {
        TokenPrice odd = TokenPrice.free().withReasoning("1");

        assertThat(odd.isFree()).isFalse();
        assertThat(odd.costOf(TokenCounts.of(1, 1).withReasoning(1))).isEqualTo(Cost.knownPicoUsd(1_000_000));
        assertThat(TokenPrice.free().withReasoning("0").withCachedInput("0.0").isFree())
                .isTrue();
    }

    @Test
    void countsBeyondAllMoneyNeverBreakACall() {
        TokenPrice highest = TokenPrice.usdPerMillionTokens("100000", "100000");
        int most = Integer.MAX_VALUE;

        assertThat(highest.costOf(TokenCounts.of(most, most))).isEqualTo(Cost.unknown());
        assertThatThrownBy(() -> highest.costOf(most, most))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("the cost of 2147483647 input and 2147483647 output tokens at 100000 in, 100000 out,"
                        + " USD per million tokens must be at most 9223372.036854775807 USD; check the counts and the"
                        + " price");
        assertThatCode(() -> PLAIN.costOf(most, most)).doesNotThrowAnyException();
    }

    @Test
    void isTheSamePriceHoweverItIsWritten() {
        TokenPrice other = TokenPrice.usdPerMillionTokens("0.150", "6E-1").withCachedInput("0.0750");

        assertThat(CACHED).isEqualTo(other).hasSameHashCodeAs(other).isNotEqualTo(PLAIN);
        assertThat(PLAIN).isNotEqualTo(PLAIN.withReasoning("0.6"));
        assertThat(CACHED.withReasoning("3.5"))
                .hasToString("0.15 in, 0.6 out, 0.075 cached in, 3.5 reasoning, USD per million tokens");
        assertThat(TokenPrice.usdPerMillionTokens("100", "0").inputUsdPerMillionTokens())
                .hasToString("100");
        assertThat(PLAIN.cachedInputUsdPerMillionTokens()).isEmpty();
        assertThat(PLAIN.reasoningUsdPerMillionTokens()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "free", "0,15", "0.15 USD", "NaN", "0.00000000000000000000000000000001"})
    void refusesWhatIsNoPriceByName(String text) {
        assertThatThrownBy(() -> PLAIN.withCachedInput(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cachedInputUsdPerMillionTokens must be a decimal number such as 0.15")
                .hasMessageContaining("was \"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1E+999999999", "-0.1", "1E-999999999", "0.0000001"})
    void refusesAPriceOutsideItsRange(String text) {
        assertThatThrownBy(() -> PLAIN.withReasoning(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reasoningUsdPerMillionTokens must be at");
    }

    @Test
    void readsTheNullableCountsOfLangchain4j() {
        assertThat(TokenCounts.reported(null)).isEqualTo(TokenCounts.unknown());
        assertThat(TokenCounts.reported(new TokenUsage(null, 7))).isEqualTo(TokenCounts.of(-1, 7));
        assertThat(TokenCounts.reported(new TokenUsage(3, 4))).isEqualTo(TokenCounts.of(3, 4));
        assertThat(TokenCounts.reported(new TokenUsage(-5, 4))).isEqualTo(TokenCounts.of(-1, 4));
    }

    @Test
    void countsAreEqualWhenEachOfThemIs() {
        TokenCounts counts = CALL.withCachedInput(3).withReasoning(4);

        assertThat(counts)
                .isEqualTo(TokenCounts.of(2_000, 100).withReasoning(4).withCachedInput(3))
                .hasSameHashCodeAs(TokenCounts.of(2_000, 100).withReasoning(4).withCachedInput(3))
                .isNotEqualTo(counts.withCachedInput(2))
                .isNotEqualTo(counts.withReasoning(2))
                .isNotEqualTo(TokenCounts.of(2_001, 100).withCachedInput(3).withReasoning(4))
                .isNotEqualTo(TokenCounts.of(2_000, 101).withCachedInput(3).withReasoning(4));
    }
}

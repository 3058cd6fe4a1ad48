package dev.melancia.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TokenPriceTest {

    @Test
    void isFreeHoweverItsZerosAreWritten() {
        assertThat(TokenPrice.usdPerMillionTokens("0.00", "0").isFree()).isTrue();
        assertThat(TokenPrice.free().isFree()).isTrue();
        assertThat(TokenPrice.usdPerMillionTokens("0", "0.000001").isFree()).isFalse();
        assertThat(TokenPrice.usdPerMillionTokens("0.000001", "0").isFree()).isFalse();
    }

    @Test
    void theHighestPriceOfTenMillionTokensEachWayIsCounted() {
        TokenPrice highest = TokenPrice.usdPerMillionTokens("100000", "100000");
        assertThat(highest.costOf(10_000_000, 10_000_000)).isEqualTo(Cost.knownPicoUsd(2_000_000_000_000_000_000L));
    }

    @Test
    void aPriceBeyondAllListsIsRefused() {
        assertThatThrownBy(() -> TokenPrice.usdPerMillionTokens("1", "100000.01"))
                .hasMessage("outputUsdPerMillionTokens must be at most 100000 US dollars per million tokens,"
                        + " was 100000.01");
    }
}

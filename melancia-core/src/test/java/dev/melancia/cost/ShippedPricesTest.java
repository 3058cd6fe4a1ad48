package dev.melancia.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.provider.ModelId;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedPricesTest {

    private static final Instant NOVEMBER_2025 = Instant.parse("2025-11-19T12:00:00Z");

    private final PriceTable shipped = PriceTable.shipped();

    @Test
    void knowsWhatAModelCostBeforeAndAfterItsProviderGaveADiscount() {
        ModelId mini = ModelId.of("openai/gpt-4o-mini");
        TokenPrice plain = TokenPrice.usdPerMillionTokens("0.15", "0.60");

        assertThat(shipped.price(mini, Instant.parse("2024-09-30T23:59:59Z"))).contains(plain);
        assertThat(shipped.price(mini, NOVEMBER_2025)).contains(plain.withCachedInput("0.075"));
        assertThat(shipped.price(ModelId.of("openai/gpt-3.5-turbo"), NOVEMBER_2025))
                .contains(TokenPrice.usdPerMillionTokens("0.50", "1.50"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"phi3:mini", "llama3.1", "llama3.2:3b", "mistral", "mistral:7b", "gemma", "gemma2:2b"})
    void localModelsAreFree(String model) {
        assertThat(shipped.price(new ModelId("ollama", model), NOVEMBER_2025)).contains(TokenPrice.free());
    }

    @Test
    void everyPriceNamesItsSource() {
        assertThat(shipped.entries()).isNotEmpty().allSatisfy(entry -> {
            assertThat(entry.price().isFree() || entry.source().startsWith("https://"))
                    .as(entry.toString())
                    .isTrue();
            assertThat(entry.validFrom()).isBeforeOrEqualTo(entry.asOf());
        });
    }

    @Test
    void aModelThatNobodyLookedUpHasNoPrice() {
        assertThat(shipped.price(ModelId.of("openai/gpt-4o"), NOVEMBER_2025)).isEmpty();
    }
}

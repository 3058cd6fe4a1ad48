package dev.melancia.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelSettingsTest {

    private static final ModelId MODEL = ModelId.of("openai/gpt-4o-mini");

    @Test
    void showsNoKey() {
        ModelSettings settings =
                ModelSettings.builder(MODEL).apiKey(Secret.of("sk-hunter2")).build();

        assertThat(settings).asString().contains("openai/gpt-4o-mini").doesNotContain("hunter2");
        assertThat(settings.apiKey().orElseThrow().reveal()).isEqualTo("sk-hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://user:hunter2@host/v1", "https://host/v1?api_key=hunter2", "https://host/v1#hunter2"})
    void refusesAnAddressThatMayHoldAKeyAndDoesNotShowIt(String address) {
        assertThatThrownBy(() -> ModelSettings.builder(MODEL).baseUrl(URI.create(address)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("baseUrl")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void takesABlankVariableForAnUnsetOne() {
        ModelSettings settings = ModelSettings.builder(MODEL)
                .environment(Map.of("BLANK", "  ", "KEY", " sk-1\n")::get)
                .build();

        assertThat(settings.environment("BLANK")).isEmpty();
        assertThat(settings.environment("UNSET")).isEmpty();
        assertThat(settings.environment("KEY")).contains("sk-1");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 2.1, Double.NaN})
    void namesTheRangeOfATemperatureOutsideIt(double temperature) {
        assertThatThrownBy(() -> ModelSettings.builder(MODEL).temperature(temperature))
                .hasMessage("temperature must be in [0, 2], was " + temperature);
    }

    @Test
    void refusesLimitsThatAreNone() {
        assertThatThrownBy(() -> ModelSettings.builder(MODEL).maxOutputTokens(0))
                .hasMessageContaining("was 0");
        assertThatThrownBy(() -> ModelSettings.builder(MODEL).contextWindow(0))
                .hasMessage("contextWindow must be at least 1, was 0");
        assertThatThrownBy(() -> ModelSettings.builder(MODEL).timeout(Duration.ZERO))
                .hasMessageContaining("at least 1 ms");
    }

    @Test
    void leavesTheContextWindowToTheServerUnlessSet() {
        assertThat(ModelSettings.of(MODEL).contextWindow()).isEmpty();
        assertThat(ModelSettings.builder(MODEL).contextWindow(8_192).build().contextWindow())
                .hasValue(8_192);
    }

    @Test
    void anotherContextWindowChangesNothingElse() {
        ModelSettings settings = ModelSettings.builder(MODEL)
                .baseUrl(URI.create("http://host/v1"))
                .apiKey(Secret.of("sk-test-0123456789"))
                .timeout(Duration.ofSeconds(3))
                .temperature(0.5)
                .maxOutputTokens(7)
                .contextWindow(5)
                .capabilities(Set.of(ModelCapability.TOOLS))
                .environment(Map.of("A", "b")::get)
                .build();

        ModelSettings wider = settings.withContextWindow(8_192);

        assertThat(settings.contextWindow()).hasValue(5);
        assertThat(wider.contextWindow()).hasValue(8_192);
        assertThat(wider)
                .usingRecursiveComparison()
                .ignoringFields("contextWindow")
                .isEqualTo(settings);
        assertThatThrownBy(() -> settings.withContextWindow(0)).hasMessageContaining("was 0");
    }
}

package dev.melancia.provider.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.melancia.provider.ModelId;
import dev.melancia.provider.ModelSettings;
import dev.melancia.provider.ProviderConfigurationException;
import dev.melancia.provider.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderHttpTest {

    private static final URI USUAL = URI.create("https://api.acme.example/v1");

    @Test
    void prefersTheSettingsToTheEnvironmentAndThatToTheUsual() {
        URI given = URI.create("http://given:1/v1");

        assertThat(http(settings().baseUrl(given)).address("ACME_URL", USUAL)).isEqualTo(given);
        assertThat(http(settings().baseUrl(given)).address("BROKEN_URL", USUAL)).isEqualTo(given);
        assertThat(http(settings()).address("ACME_URL", USUAL)).hasToString("http://env:2/v1");
        assertThat(http(settings()).address("OTHER_URL", USUAL)).isEqualTo(USUAL);
        assertThat(http(settings().apiKey(Secret.of("given"))).key("ACME_KEY").reveal())
                .isEqualTo("given");
        assertThat(http(settings()).key("ACME_KEY").reveal()).isEqualTo("env-key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "two\nlines", "chave-secreta-ção", "tab\there"})
    void refusesAKeyThatNoHeaderCanHold(String key) {
        ProviderHttp http = http(settings().apiKey(Secret.of(key)));

        assertThatThrownBy(() -> http.key("ACME_KEY"))
                .isInstanceOf(ProviderConfigurationException.class)
                .hasMessageContaining("ACME_KEY")
                .hasMessageNotContaining(key);
    }

    @Test
    void keepsTheLimitsOfTheSettingsWhateverAModelSets() {
        HttpClientBuilder client = http(settings().timeout(Duration.ofSeconds(185)))
                .client(event -> true)
                .connectTimeout(Duration.ofSeconds(15))
                .readTimeout(Duration.ofSeconds(60));

        assertThat(client.readTimeout()).hasSeconds(185);
        assertThat(client.connectTimeout()).isEqualTo(ProviderHttp.LONGEST_CONNECT);
        assertThat(http(settings().timeout(Duration.ofSeconds(3)))
                        .client(event -> true)
                        .connectTimeout())
                .hasSeconds(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[DONE] | true",
                "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]} | true",
                "{\"choices\":[{\"delta\":{},\"finish_reason\": \"length\"}]} | true",
                "{\"choices\":[{\"delta\":{\"content\":\"x\"},\"finish_reason\":null}]} | false",
                "{\"choices\":[{\"delta\":{\"content\":\"say \\\"finish_reason\\\":\\\"stop\\\" [DONE]\"}}]} | false",
            })
    void knowsTheLastEventOfAnOpenAiStream(String event, boolean last) {
        assertThat(ProviderHttp.isLastOfOpenAi(event)).isEqualTo(last);
    }

    private static ModelSettings.Builder settings() {
        return ModelSettings.builder(ModelId.of("acme/m"))
                .environment(Map.of("ACME_URL", "http://env:2/v1/", "ACME_KEY", "env-key", "BROKEN_URL", "none")::get);
    }

    private static ProviderHttp http(ModelSettings.Builder settings) {
        return ProviderHttp.of(settings.build());
    }
}

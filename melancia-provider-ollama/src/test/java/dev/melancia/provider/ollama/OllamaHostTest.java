package dev.melancia.provider.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melancia.provider.ProviderConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OllamaHostTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "ollama:11434, http://ollama:11434",
                "ollama, http://ollama:11434",
                "1.2.3.4, http://1.2.3.4:11434",
                "1.2.3.4:1234, http://1.2.3.4:1234",
                ":1234, http://127.0.0.1:1234",
                ":11434, http://127.0.0.1:11434",
                "0.0.0.0, http://127.0.0.1:11434",
                "0.0.0.0:8080, http://127.0.0.1:8080",
                "http://0.0.0.0:11434, http://127.0.0.1:11434",
                "http://1.2.3.4, http://1.2.3.4:80",
                "http://ollama:11434/, http://ollama:11434",
                "HTTP://ollama:11434//, http://ollama:11434",
                "https://gw.example, https://gw.example:443",
                "https://gw.example:8443, https://gw.example:8443",
                "https://gw.example/ollama/, https://gw.example:443/ollama",
                "ollama.com, https://ollama.com:443",
                "::1, http://[::1]:11434",
                "[::1], http://[::1]:11434",
                "[::1]:1337, http://[::1]:1337",
                "[::], http://[::1]:11434",
                "http://[::]:80, http://[::1]:80",
                "fe80::1, http://[fe80::1]:11434",
                "|\"1.2.3.4\"|, http://1.2.3.4:11434",
                "| ' 1.2.3.4 ' |, http://1.2.3.4:11434",
            })
    void readsEveryFormThatOllamasClientTakes(String value, String address) {
        assertThat(OllamaHost.read(value)).hasToString(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"host:port", "host:66000", "host:0", "host:", "ftp://host", "http://a b", "user:pw@host:1"})
    void refusesWhatIsNoAddressAndNamesTheVariable(String value) {
        assertThatThrownBy(() -> OllamaHost.read(value))
                .isInstanceOfSatisfying(
                        ProviderConfigurationException.class,
                        e -> assertThat(e.setting()).isEqualTo("OLLAMA_HOST"))
                .hasMessageContaining("OLLAMA_HOST must be")
                .hasMessageNotContaining("pw");
    }
}

package dev.melancia.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.http.client.HttpClientBuilderLoader;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.melancia.provider.ModelCapability;
import dev.melancia.provider.ModelId;
import dev.melancia.provider.ModelSettings;
import dev.melancia.provider.ProviderConfigurationException;
import dev.melancia.testkit.LoopbackServer;
import dev.melancia.testkit.RecordedRequest;
import dev.melancia.testkit.StreamRecorder;
import dev.melancia.testkit.WireFormat;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiProviderTest {

    private static final ModelId MODEL = ModelId.of("openai/gpt-4o-mini");

    private final OpenAiProvider provider = new OpenAiProvider();

    @Test
    void worksWithASecondHttpClientModuleOnTheClassPath() {
        assertThatThrownBy(HttpClientBuilderLoader::loadHttpClientBuilder)
                .as("two client modules are there")
                .isInstanceOf(IllegalStateException.class);

        try (LoopbackServer server = LoopbackServer.replying(WireFormat.openAi().answer("yes", null))) {
            assertThat(provider.chatModel(at(server, "/v1").build()).chat("?")).isEqualTo("yes");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1", "/v1/", "/gateway/openai/v1"})
    void takesTheAddressOfTheEnvironment(String path) {
        try (LoopbackServer server = LoopbackServer.replying(WireFormat.openAi().answer("yes", null))) {
            provider.chatModel(at(server, path).build()).chat("?");

            String base = path.endsWith("/") ? path : path + "/";
            assertThat(server.requests()).extracting(RecordedRequest::path).containsExactly(base + "chat/completions");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"api.openai.com/v1", "ftp://host/v1", "http://user:hunter2@host/v1", "http://h:99999", "http://"
            })
    void refusesAnAddressThatIsNone(String address) {
        ModelSettings settings = ModelSettings.builder(MODEL)
                .environment(Map.of("OPENAI_API_KEY", "sk-1", "OPENAI_BASE_URL", address)::get)
                .build();

        assertThatThrownBy(() -> provider.chatModel(settings))
                .isInstanceOfSatisfying(
                        ProviderConfigurationException.class,
                        e -> assertThat(e.setting()).isEqualTo("OPENAI_BASE_URL"))
                .hasMessageContaining("http(s)://host")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void sendsTemperatureAndTokenLimitAsEveryServerKnowsThem() throws InterruptedException {
        try (LoopbackServer server = LoopbackServer.replying(request -> request.asksForStream()
                ? WireFormat.openAi().stream(null, "yes")
                : WireFormat.openAi().answer("yes", null))) {
            ModelSettings settings =
                    at(server, "/v1").temperature(0.5).maxOutputTokens(64).build();
            StreamRecorder stream = new StreamRecorder();

            provider.chatModel(settings).chat("?");
            provider.streamingChatModel(settings).chat("?", stream);

            assertThat(stream.awaitTerminals(1, Duration.ofSeconds(5))).isTrue();
            assertThat(server.requests())
                    .hasSize(2)
                    .allSatisfy(request -> assertThat(request.body())
                            .containsPattern("\"temperature\"\\s*:\\s*0.5")
                            .containsPattern("\"max_tokens\"\\s*:\\s*64"));
        }
    }

    @Test
    void tellsLangchain4jOfSchemasOnlyWhereTheyAreDeclared() {
        ChatModel usual = provider.chatModel(keyed().build());
        ChatModel plain = provider.chatModel(
                keyed().capabilities(Set.of(ModelCapability.STREAMING)).build());

        assertThat(usual.supportedCapabilities()).containsExactly(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
        assertThat(plain.supportedCapabilities()).isEmpty();
    }

    private static ModelSettings.Builder keyed() {
        return ModelSettings.builder(MODEL).environment(Map.of("OPENAI_API_KEY", "sk-1")::get);
    }

    private static ModelSettings.Builder at(LoopbackServer server, String path) {
        Map<String, String> environment = Map.of("OPENAI_API_KEY", "sk-1", "OPENAI_BASE_URL", server.address() + path);
        return ModelSettings.builder(MODEL).environment(environment::get);
    }
}

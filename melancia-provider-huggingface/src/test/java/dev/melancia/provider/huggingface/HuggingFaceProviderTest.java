package dev.melancia.provider.huggingface;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.model.chat.Capability;
import dev.melancia.provider.ModelCapability;
import dev.melancia.provider.ModelId;
import dev.melancia.provider.ModelSettings;
import dev.melancia.testkit.LoopbackServer;
import dev.melancia.testkit.WireFormat;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class HuggingFaceProviderTest {

    private static final ModelId LLAMA = ModelId.of("huggingface/meta-llama/Llama-3.1-8B-Instruct:fireworks-ai");

    private final HuggingFaceProvider provider = new HuggingFaceProvider();

    @Test
    void sendsOrganisationModelAndProviderAsOneName() {
        try (LoopbackServer server = LoopbackServer.replying(WireFormat.openAi().answer("yes", null))) {
            provider.chatModel(at(server).maxOutputTokens(64).build()).chat("?");

            assertThat(server.requests().get(0).body())
                    .contains("\"meta-llama/Llama-3.1-8B-Instruct:fireworks-ai\"")
                    .containsPattern("\"max_tokens\"\\s*:\\s*64");
            assertThat(server.requests().get(0).header("Authorization")).contains("Bearer hf_1");
        }
    }

    @Test
    void showsAnEndpointThatWakesUpAsAServerError() {
        try (LoopbackServer server = LoopbackServer.replying(WireFormat.openAi().error(503, "waking up"))) {
            var model = provider.chatModel(at(server).build());

            Assertions.assertThatThrownBy(() -> model.chat("?"))
                    .isInstanceOf(InternalServerException.class)
                    .hasMessageContaining("waking up");
        }
    }

    @Test
    void buildsAModelOfTheRouterFromATokenAlone() {
        ModelSettings settings = ModelSettings.builder(LLAMA)
                .environment(Map.of("HF_TOKEN", "hf_1")::get)
                .capabilities(Set.of(ModelCapability.JSON_SCHEMA))
                .build();

        assertThat(provider.chatModel(settings).supportedCapabilities())
                .containsExactly(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
    }

    private static ModelSettings.Builder at(LoopbackServer server) {
        return ModelSettings.builder(LLAMA)
                .environment(Map.of("HF_TOKEN", "hf_1")::get)
                .baseUrl(URI.create(server.address() + "/v1"));
    }
}

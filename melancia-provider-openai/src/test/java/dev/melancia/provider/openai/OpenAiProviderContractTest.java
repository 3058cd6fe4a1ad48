package dev.melancia.provider.openai;

import dev.melancia.provider.ChatModelProvider;
import dev.melancia.provider.ModelCapability;
import dev.melancia.testkit.HttpChatModelProviderContract;
import dev.melancia.testkit.WireFormat;
import java.util.Optional;
import java.util.Set;

class OpenAiProviderContractTest extends HttpChatModelProviderContract {

    @Override
    protected ChatModelProvider provider() {
        return new OpenAiProvider();
    }

    @Override
    protected String expectedId() {
        return "openai";
    }

    @Override
    protected WireFormat wireFormat() {
        return WireFormat.openAi();
    }

    @Override
    protected Optional<String> keyVariable() {
        return Optional.of("OPENAI_API_KEY");
    }

    @Override
    protected Set<ModelCapability> expectedCapabilities() {
        return Set.of(
                ModelCapability.STREAMING, ModelCapability.TOOLS, ModelCapability.JSON_SCHEMA, ModelCapability.IMAGES);
    }
}

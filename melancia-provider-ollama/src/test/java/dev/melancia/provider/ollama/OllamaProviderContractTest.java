package dev.melancia.provider.ollama;

import dev.melancia.provider.ChatModelProvider;
import dev.melancia.provider.ModelCapability;
import dev.melancia.testkit.HttpChatModelProviderContract;
import dev.melancia.testkit.WireFormat;
import java.util.Optional;
import java.util.Set;

class OllamaProviderContractTest extends HttpChatModelProviderContract {

    @Override
    protected ChatModelProvider provider() {
        return new OllamaProvider();
    }

    @Override
    protected String expectedId() {
        return "ollama";
    }

    @Override
    protected WireFormat wireFormat() {
        return WireFormat.ollama();
    }

    @Override
    protected Optional<String> keyVariable() {
        return Optional.empty();
    }

    @Override
    protected Set<ModelCapability> expectedCapabilities() {
        return Set.of(ModelCapability.STREAMING, ModelCapability.JSON_SCHEMA);
    }
}

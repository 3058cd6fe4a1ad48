package dev.melancia.provider.huggingface;

import dev.melancia.provider.ChatModelProvider;
import dev.melancia.provider.ModelCapability;
import dev.melancia.testkit.HttpChatModelProviderContract;
import dev.melancia.testkit.WireFormat;
import java.util.Optional;
import java.util.Set;

class HuggingFaceProviderContractTest extends HttpChatModelProviderContract {

    @Override
    protected ChatModelProvider provider() {
        return new HuggingFaceProvider();
    }

    @Override
    protected String expectedId() {
        return "huggingface";
    }

    @Override
    protected WireFormat wireFormat() {
        return WireFormat.openAi();
    }

    @Override
    protected Optional<String> keyVariable() {
        return Optional.of("HF_TOKEN");
    }

    @Override
    protected Set<ModelCapability> expectedCapabilities() {
        return Set.of(ModelCapability.STREAMING);
    }
}

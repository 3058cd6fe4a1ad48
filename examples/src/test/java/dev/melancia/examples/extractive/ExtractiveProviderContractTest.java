package dev.melancia.examples.extractive;

import dev.melancia.provider.ChatModelProvider;
import dev.melancia.provider.ModelCapability;
import dev.melancia.provider.ModelSettings;
import dev.melancia.testkit.ChatModelProviderContract;
import java.util.Set;

class ExtractiveProviderContractTest extends ChatModelProviderContract {

    @Override
    protected ChatModelProvider provider() {
        return new ExtractiveProvider();
    }

    @Override
    protected ModelSettings.Builder answeringModel() {
        return ModelSettings.builder(Questions.SENTENCE);
    }

    @Override
    protected Set<ModelCapability> expectedCapabilities() {
        return Set.of(ModelCapability.STREAMING);
    }

    @Override
    protected String expectedId() {
        return "extractive";
    }
}

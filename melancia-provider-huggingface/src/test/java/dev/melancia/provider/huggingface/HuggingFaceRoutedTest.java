package dev.melancia.provider.huggingface;

import dev.melancia.provider.ChatModelProvider;
import dev.melancia.testkit.RoutedProviderContract;
import dev.melancia.testkit.WireFormat;

class HuggingFaceRoutedTest extends RoutedProviderContract {

    @Override
    protected ChatModelProvider provider() {
        return new HuggingFaceProvider();
    }

    @Override
    protected WireFormat wireFormat() {
        return WireFormat.openAi();
    }
}

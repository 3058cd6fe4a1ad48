package dev.melancia.provider.ollama;

import dev.melancia.provider.ChatModelProvider;
import dev.melancia.testkit.RoutedProviderContract;
import dev.melancia.testkit.WireFormat;

class OllamaRoutedTest extends RoutedProviderContract {

    @Override
    protected ChatModelProvider provider() {
        return new OllamaProvider();
    }

    @Override
    protected WireFormat wireFormat() {
        return WireFormat.ollama();
    }
}

package dev.melancia.provider.openai;

import dev.melancia.provider.ChatModelProvider;
import dev.melancia.testkit.RoutedProviderContract;
import dev.melancia.testkit.WireFormat;

class OpenAiRoutedTest extends RoutedProviderContract {

    @Override
    protected ChatModelProvider provider() {
        return new OpenAiProvider();
    }

    @Override
    protected WireFormat wireFormat() {
        return WireFormat.openAi();
    }
}

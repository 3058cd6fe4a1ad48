package dev.melancia.provider.openai;

import dev.melancia.provider.ChatModelProvider;
import dev.melancia.provider.ModelId;
import dev.melancia.provider.ModelSettings;
import dev.melancia.provider.Secret;
import dev.melancia.testkit.RoutedLlamaServerContract;
import java.net.URI;

class RoutedLlamaServerIT extends RoutedLlamaServerContract {

    @Override
    protected ChatModelProvider provider() {
        return new OpenAiProvider();
    }

    @Override
    protected ModelSettings.Builder model(URI server, String key) {
        return ModelSettings.builder(ModelId.of("openai/tiny")).baseUrl(server).apiKey(Secret.of(key));
    }
}

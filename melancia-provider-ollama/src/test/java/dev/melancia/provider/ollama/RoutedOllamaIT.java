package dev.melancia.provider.ollama;

import dev.melancia.call.Outcome;
import dev.melancia.provider.ChatModelProvider;
import dev.melancia.provider.ModelId;
import dev.melancia.provider.ModelSettings;
import dev.melancia.testkit.RoutedOllamaContract;
import java.net.URI;
import java.util.Set;

/** By Ollama's own API, which says in the stream that a model's process died. */
class RoutedOllamaIT extends RoutedOllamaContract {

    private static final int WINDOW = 256;

    @Override
    protected ChatModelProvider provider() {
        return new OllamaProvider();
    }

    @Override
    protected ModelSettings.Builder model(URI server, String name) {
        return ModelSettings.builder(new ModelId("ollama", name)).baseUrl(server);
    }

    @Override
    protected Set<Outcome> outcomesOfADeadRunner() {
        return Set.of(Outcome.SERVER_ERROR);
    }

    @Override
    protected ModelSettings.Builder narrowModel(URI server) {
        return model(server, "tiny").contextWindow(WINDOW);
    }

    @Override
    protected int narrowWindow() {
        return WINDOW;
    }
}

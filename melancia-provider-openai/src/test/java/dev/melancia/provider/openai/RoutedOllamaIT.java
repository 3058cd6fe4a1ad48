package dev.melancia.provider.openai;

import dev.melancia.call.Outcome;
import dev.melancia.provider.ChatModelProvider;
import dev.melancia.provider.ModelId;
import dev.melancia.provider.ModelSettings;
import dev.melancia.provider.Secret;
import dev.melancia.testkit.RoutedOllamaContract;
import java.net.URI;
import java.util.Set;

/** By Ollama's {@code /v1}, whose stream just ends when a model's process died, and which cannot be asked for a window. */
class RoutedOllamaIT extends RoutedOllamaContract {

    /** What the model's own file says. */
    private static final int WINDOW = 2_048;

    @Override
    protected ChatModelProvider provider() {
        return new OpenAiProvider();
    }

    @Override
    protected ModelSettings.Builder model(URI server, String name) {
        return ModelSettings.builder(new ModelId("openai", name))
                .baseUrl(URI.create(server + "/v1"))
                .apiKey(Secret.of("none"));
    }

    @Override
    protected Set<Outcome> outcomesOfADeadRunner() {
        return Set.of(Outcome.BROKEN_OFF);
    }

    @Override
    protected ModelSettings.Builder narrowModel(URI server) {
        return model(server, "tiny");
    }

    @Override
    protected int narrowWindow() {
        return WINDOW;
    }
}

package dev.melancia.examples.guide;

import dev.melancia.provider.ChatModelProviders;
import dev.melancia.provider.ModelCapability;
import dev.melancia.provider.ModelId;
import dev.melancia.provider.ModelSettings;
import dev.melancia.provider.Secret;
import dev.melancia.router.ModelRouter;
import dev.melancia.routing.Candidate;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/** The providers guide's code. */
final class ProvidersGuide {

    private ProvidersGuide() {}

    static ChatModelProviders providers() {
        // region providers
        ChatModelProviders providers = ChatModelProviders.discover();
        // endregion
        return providers;
    }

    static ModelRouter discovered() {
        // region discovered
        ChatModelProviders providers = ChatModelProviders.discover(); // every provider on the class path
        ModelRouter router = ModelRouter.builder()
                .model(Candidate.of("ollama/phi3:mini"), providers) // OLLAMA_HOST, or this machine
                .build();
        // endregion
        return router;
    }

    static ModelRouter configured(ChatModelProviders providers, Secret key) {
        // region configured
        ModelSettings settings = ModelSettings.builder(ModelId.of("openai/qwen2.5-7b"))
                .baseUrl(URI.create("http://gpu-1.example:8000/v1")) // any server that speaks OpenAI's API
                .apiKey(key)
                .timeout(Duration.ofSeconds(95)) // a little above the router's limit of an attempt
                .temperature(0.2)
                .capabilities(Set.of(ModelCapability.STREAMING)) // less than gpt-4o-mini can do
                .build();
        ModelRouter router = ModelRouter.builder()
                .model(Candidate.builder(settings.model()).tier("local").build(), settings, providers)
                .build();
        // endregion
        return router;
    }
}

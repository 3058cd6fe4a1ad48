package dev.melancia.examples.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.melancia.provider.ModelId;
import dev.melancia.provider.ModelSettings;
import dev.melancia.provider.ollama.OllamaProvider;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The models of an Ollama server, if one answers. */
final class OllamaModels {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int MOST = 2;

    private OllamaModels() {}

    /**
     * The first two models by name; none when no server answers within a second.
     *
     * @throws dev.melancia.provider.ProviderConfigurationException when {@code OLLAMA_HOST} is malformed
     */
    static List<ModelId> installed(ModelSettings settings) {
        try {
            HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
            HttpRequest request = HttpRequest.newBuilder(
                            OllamaProvider.address(settings).resolve("/api/tags"))
                    .timeout(PATIENCE)
                    .build();
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? names(response.body()) : List.of();
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private static List<ModelId> names(String tags) throws IOException {
        List<ModelId> ids = new ArrayList<>();
        for (JsonNode model : new ObjectMapper().readTree(tags).path("models")) {
            ids.add(new ModelId("ollama", model.path("name").asText()));
        }
        return ids.stream()
                .sorted((a, b) -> a.model().compareTo(b.model()))
                .limit(MOST)
                .toList();
    }
}

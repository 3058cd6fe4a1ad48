package dev.melancia.provider.ollama;

import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.melancia.provider.ChatModelProvider;
import dev.melancia.provider.ChatModelProviders;
import dev.melancia.provider.ModelCapability;
import dev.melancia.provider.ModelSettings;
import dev.melancia.provider.http.ProviderHttp;
import java.net.URI;
import java.util.Set;

/**
 * Models of an Ollama server, under the id {@code ollama}. The address is {@link ModelSettings#baseUrl()}, else
 * {@code OLLAMA_HOST} in the forms that Ollama's own client takes, else {@code http://127.0.0.1:11434}. No key is needed;
 * one given by {@link ModelSettings#apiKey()} is sent as a bearer token, for a gateway before the server. Stateless and
 * thread-safe.
 *
 * <p>It declares streaming and JSON schemas, which the server enforces for every model. Tools and images depend on the
 * model, and a text model silently ignores an image: declare them with {@link ModelSettings.Builder#capabilities}.
 * Ollama cuts a prompt that is longer than the model's context without saying so: it then reports as many prompt tokens as
 * the context has. {@link ModelSettings#contextWindow()} is sent as {@code num_ctx}; a server that has the model loaded
 * with another one loads it anew. How the server spent its time on a call, loading the model apart, is in the response's
 * metadata: {@link dev.melancia.provider.ServerTimings#of}.
 *
 * @since 0.1.0
 */
public final class OllamaProvider implements ChatModelProvider {

    /** Used by {@link ChatModelProviders#discover}; does no work. */
    public OllamaProvider() {}

    /** The server that models of these settings are on: their base URL, else {@code OLLAMA_HOST} in any of its forms. */
    public static URI address(ModelSettings settings) {
        return OllamaHost.address(ProviderHttp.of(settings), settings);
    }

    @Override
    public String id() {
        return "ollama";
    }

    @Override
    public Set<ModelCapability> capabilities() {
        return Set.of(ModelCapability.STREAMING, ModelCapability.JSON_SCHEMA);
    }

    @Override
    public ChatModel chatModel(ModelSettings settings) {
        OllamaConnection connection = OllamaConnection.of(settings);
        var builder = new OllamaChatModel.OllamaChatModelBuilder()
                .httpClientBuilder(connection.clientBuilder())
                .baseUrl(connection.url)
                .modelName(settings.model().model())
                .maxRetries(0)
                .supportedCapabilities(capabilities(settings))
                .listeners(settings.listeners());
        settings.temperature().ifPresent(builder::temperature);
        settings.maxOutputTokens().ifPresent(builder::numPredict);
        settings.contextWindow().ifPresent(builder::numCtx);
        return new TimedChatModel(builder, connection);
    }

    @Override
    public StreamingChatModel streamingChatModel(ModelSettings settings) {
        OllamaConnection connection = OllamaConnection.of(settings);
        var builder = new OllamaStreamingChatModel.OllamaStreamingChatModelBuilder()
                .httpClientBuilder(connection.clientBuilder())
                .baseUrl(connection.url)
                .modelName(settings.model().model())
                .supportedCapabilities(capabilities(settings))
                .listeners(settings.listeners());
        settings.temperature().ifPresent(builder::temperature);
        settings.maxOutputTokens().ifPresent(builder::numPredict);
        settings.contextWindow().ifPresent(builder::numCtx);
        return new TimedStreamingChatModel(builder, connection);
    }

    /** True: an interrupt ends an exchange at once. */
    @Override
    public boolean isInterruptSafe() {
        return true;
    }

    private Set<Capability> capabilities(ModelSettings settings) {
        boolean schema = settings.capabilities().orElseGet(this::capabilities).contains(ModelCapability.JSON_SCHEMA);
        return schema ? Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA) : Set.of();
    }
}

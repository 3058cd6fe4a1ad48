package dev.melancia.provider.huggingface;

import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.melancia.cost.TokenCounts;
import dev.melancia.provider.ChatModelProvider;
import dev.melancia.provider.ChatModelProviders;
import dev.melancia.provider.ModelCapability;
import dev.melancia.provider.ModelSettings;
import dev.melancia.provider.Secret;
import dev.melancia.provider.http.ProviderHttp;
import java.net.URI;
import java.util.Set;

/**
 * Models behind Hugging Face's OpenAI-compatible router, and its dedicated endpoints, under the id {@code huggingface}.
 * The token is {@link ModelSettings#apiKey()}, else {@code HF_TOKEN}; the address {@link ModelSettings#baseUrl()} (a
 * dedicated endpoint's own, with {@code /v1}), else {@code https://router.huggingface.co/v1}. Model names are
 * {@code org/model} or {@code org/model:provider}. Stateless and thread-safe.
 *
 * <p>It declares streaming only: tools, schemas and images depend on the model and on who serves it. Say what a model can
 * do with {@link ModelSettings.Builder#capabilities}.
 *
 * @since 0.1.0
 */
public final class HuggingFaceProvider implements ChatModelProvider {

    private static final String TOKEN = "HF_TOKEN";
    private static final URI ROUTER = URI.create("https://router.huggingface.co/v1");

    /** Used by {@link ChatModelProviders#discover}; does no work. */
    public HuggingFaceProvider() {}

    @Override
    public String id() {
        return "huggingface";
    }

    @Override
    public Set<ModelCapability> capabilities() {
        return Set.of(ModelCapability.STREAMING);
    }

    @Override
    public ChatModel chatModel(ModelSettings settings) {
        ProviderHttp http = ProviderHttp.of(settings);
        Secret token = http.key(TOKEN);
        var builder = OpenAiChatModel.builder()
                .httpClientBuilder(http.client(ProviderHttp::isLastOfOpenAi, token))
                .baseUrl(http.address(ROUTER).toString())
                .apiKey(token.reveal())
                .modelName(settings.model().model())
                .maxRetries(0)
                .listeners(settings.listeners());
        settings.temperature().ifPresent(builder::temperature);
        settings.maxOutputTokens().ifPresent(builder::maxTokens);
        if (settings.capabilities().orElseGet(this::capabilities).contains(ModelCapability.JSON_SCHEMA)) {
            builder.supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
        }
        return builder.build();
    }

    @Override
    public StreamingChatModel streamingChatModel(ModelSettings settings) {
        ProviderHttp http = ProviderHttp.of(settings);
        Secret token = http.key(TOKEN);
        var builder = OpenAiStreamingChatModel.builder()
                .httpClientBuilder(http.client(ProviderHttp::isLastOfOpenAi, token))
                .baseUrl(http.address(ROUTER).toString())
                .apiKey(token.reveal())
                .modelName(settings.model().model())
                .listeners(settings.listeners());
        settings.temperature().ifPresent(builder::temperature);
        settings.maxOutputTokens().ifPresent(builder::maxTokens);
        return builder.build();
    }

    /** True: an interrupt ends an exchange at once. */
    @Override
    public boolean isInterruptSafe() {
        return true;
    }

    /** With cached input and reasoning, where the server counts them. */
    @Override
    public TokenCounts tokenCounts(ChatResponse response) {
        TokenCounts counts = ChatModelProvider.super.tokenCounts(response);
        if (!(response.tokenUsage() instanceof OpenAiTokenUsage usage)) {
            return counts;
        }
        var input = usage.inputTokensDetails();
        var output = usage.outputTokensDetails();
        if (input != null && input.cachedTokens() != null) {
            counts = counts.withCachedInput(input.cachedTokens());
        }
        return output == null || output.reasoningTokens() == null
                ? counts
                : counts.withReasoning(output.reasoningTokens());
    }
}

package dev.melancia.provider.openai;

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
 * Models of OpenAI and of servers that speak its API, under the id {@code openai}. The key is
 * {@link ModelSettings#apiKey()}, else {@code OPENAI_API_KEY}; the address {@link ModelSettings#baseUrl()}, else
 * {@code OPENAI_BASE_URL}, else {@code https://api.openai.com/v1}. Stateless and thread-safe.
 *
 * <p>It declares what current models of OpenAI can do; for one that can do less, and for another server, say so with
 * {@link ModelSettings.Builder#capabilities}. A limit of output tokens goes to OpenAI as {@code max_completion_tokens}
 * and to any other server as {@code max_tokens}, which all of them know.
 *
 * @since 0.1.0
 */
public final class OpenAiProvider implements ChatModelProvider {

    private static final String KEY = "OPENAI_API_KEY";
    private static final String ADDRESS = "OPENAI_BASE_URL";
    private static final URI OPENAI = URI.create("https://api.openai.com/v1");

    /** Used by {@link ChatModelProviders#discover}; does no work. */
    public OpenAiProvider() {}

    @Override
    public String id() {
        return "openai";
    }

    @Override
    public Set<ModelCapability> capabilities() {
        return Set.of(
                ModelCapability.STREAMING, ModelCapability.TOOLS, ModelCapability.JSON_SCHEMA, ModelCapability.IMAGES);
    }

    @Override
    public ChatModel chatModel(ModelSettings settings) {
        ProviderHttp http = ProviderHttp.of(settings);
        Secret key = http.key(KEY);
        URI address = http.address(ADDRESS, OPENAI);
        var builder = OpenAiChatModel.builder()
                .httpClientBuilder(http.client(ProviderHttp::isLastOfOpenAi, key))
                .baseUrl(address.toString())
                .apiKey(key.reveal())
                .modelName(settings.model().model())
                .maxRetries(0)
                .listeners(settings.listeners());
        settings.temperature().ifPresent(builder::temperature);
        settings.maxOutputTokens().ifPresent(isOpenAi(address) ? builder::maxCompletionTokens : builder::maxTokens);
        if (settings.capabilities().orElseGet(this::capabilities).contains(ModelCapability.JSON_SCHEMA)) {
            builder.supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
        }
        return builder.build();
    }

    @Override
    public StreamingChatModel streamingChatModel(ModelSettings settings) {
        ProviderHttp http = ProviderHttp.of(settings);
        Secret key = http.key(KEY);
        URI address = http.address(ADDRESS, OPENAI);
        var builder = OpenAiStreamingChatModel.builder()
                .httpClientBuilder(http.client(ProviderHttp::isLastOfOpenAi, key))
                .baseUrl(address.toString())
                .apiKey(key.reveal())
                .modelName(settings.model().model())
                .listeners(settings.listeners());
        settings.temperature().ifPresent(builder::temperature);
        settings.maxOutputTokens().ifPresent(isOpenAi(address) ? builder::maxCompletionTokens : builder::maxTokens);
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

    private static boolean isOpenAi(URI address) {
        return "api.openai.com".equalsIgnoreCase(address.getHost());
    }
}

package dev.melancia.provider;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.cost.TokenCounts;
import java.util.Set;

/**
 * The seam where models come from; implement it to add a provider, and list the class in
 * {@code META-INF/services/dev.melancia.provider.ChatModelProvider} so that {@link ChatModelProviders#discover} finds
 * it. The class needs a public constructor without arguments that does no work: no key is read and no connection is
 * opened before a model is asked for.
 *
 * <p>A provider is thin. Its models do not retry by themselves (the router owns retries), bound their HTTP exchange by
 * {@link ModelSettings#timeout()} (in a stream: the wait for its beginning, and every pause), and signal errors with
 * langchain4j's exceptions, with a {@link RetryAfter} in the cause chain where the server said when to come back. {@code melancia-provider-http} has a client that does so. Subclass
 * {@code HttpChatModelProviderContract} of {@code melancia-testkit} (or {@code ChatModelProviderContract} where there is
 * no HTTP) to see whether one behaves.
 *
 * <p>Implementations must be thread-safe.
 *
 * @since 0.1.0
 */
public interface ChatModelProvider {

    /** Lower-case letters, digits and dashes, the part of a {@link ModelId} before the slash; never changes. */
    String id();

    /** What the models of this provider can do, unless {@link ModelSettings#capabilities()} says otherwise. */
    Set<ModelCapability> capabilities();

    /**
     * A model that answers in one piece.
     *
     * @throws ProviderConfigurationException when a setting is missing or wrong; the message names the setting and the
     *     environment variable that would supply it
     */
    ChatModel chatModel(ModelSettings settings);

    /**
     * A model that answers piece by piece. Asked for only where {@link #capabilities()} has
     * {@link ModelCapability#STREAMING}.
     *
     * @throws ProviderConfigurationException as for {@link #chatModel}
     */
    StreamingChatModel streamingChatModel(ModelSettings settings);

    /**
     * Whether {@code chat} of every model from {@link #chatModel} ends soon, well below a second, once its thread is
     * interrupted: while it connects, waits for an answer or reads one. Such a model may run on its caller's own thread.
     * False unless said otherwise; {@code HttpChatModelProviderContract} tests whoever says so.
     */
    default boolean isInterruptSafe() {
        return false;
    }

    /**
     * Tokens of an answer as its server counted them. Unless overridden: input and output as langchain4j reports them, and
     * nothing of cached input and reasoning. Override it where a provider's own kind of {@code TokenUsage} says more; a part
     * that was not counted stays unknown, it is not zero. Asked on every call: no work, no exceptions.
     *
     * @param response of a model that this provider built
     */
    default TokenCounts tokenCounts(ChatResponse response) {
        return TokenCounts.reported(response.tokenUsage());
    }
}

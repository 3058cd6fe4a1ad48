package dev.melancia.examples.extractive;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.melancia.provider.ChatModelProvider;
import dev.melancia.provider.ModelCapability;
import dev.melancia.provider.ModelSettings;
import dev.melancia.provider.ProviderConfigurationException;
import java.util.Set;

/**
 * Answers Portuguese questions by quoting a knowledge base, in process: a model for a first run, for a benchmark and
 * for the last resort when no other model answers. It is written as any third party would write a provider: this one
 * public class, found by {@link java.util.ServiceLoader}, on the published interface only. Not for anything that needs
 * words of its own: it does not generate, summarise, converse or use tools.
 *
 * <p>Model {@code extractive/sentence} quotes the best sentence, {@code extractive/passage} the best passage. An answer
 * is the quotation and its source, {@code Segundo a base de conhecimento: “…” [fonte: rm-07]}, which
 * {@link AnswerSources} reads; where nothing covers enough of the question it is {@link #REFUSAL}. Only the text of the
 * last user message is looked at. The same question gets the same answer.
 *
 * <p>Settings: {@code maxOutputTokens} cuts an answer, and the finish reason says so; listeners are called;
 * temperature, time-out and key have nothing to act on; an address is refused, since no server is asked. Tokens are
 * counted by a rule of this provider's own, at most five letters each, and are not to be compared with those of others.
 *
 * <p>Thread-safe. Nothing is read before the first question, and nothing needs closing.
 *
 * @since 0.1.0
 */
public final class ExtractiveProvider implements ChatModelProvider {

    /** The answer when the knowledge base has none. */
    public static final String REFUSAL = "Não encontrei essa informação na base de conhecimento.";

    private static final String ID = "extractive";

    private final Answers answers;

    /** On the knowledge base about retail media that comes along. */
    public ExtractiveProvider() {
        this.answers = new Answers(KnowledgeBase::bundled);
    }

    /** On a knowledge base of your own; register such a provider explicitly, it then wins over the discovered one. */
    public ExtractiveProvider(KnowledgeBase knowledge) {
        requireNonNull(knowledge, "knowledge");
        this.answers = new Answers(() -> knowledge);
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Set<ModelCapability> capabilities() {
        return Set.of(ModelCapability.STREAMING);
    }

    @Override
    public ChatModel chatModel(ModelSettings settings) {
        return new ExtractiveChatModel(responder(settings));
    }

    @Override
    public StreamingChatModel streamingChatModel(ModelSettings settings) {
        return new ExtractiveStreamingChatModel(responder(settings));
    }

    private Responder responder(ModelSettings settings) {
        String model = settings.model().model();
        AnswerStyle style = AnswerStyle.ofModel(model)
                .orElseThrow(() -> new ProviderConfigurationException(
                        "model", "model of extractive must be one of " + AnswerStyle.models() + ", was " + model));
        if (settings.baseUrl().isPresent()) {
            throw new ProviderConfigurationException(
                    "baseUrl",
                    "baseUrl must not be given to extractive, which asks no server; remove it, or give the provider a"
                            + " KnowledgeBase of your own");
        }
        return new Responder(answers, style, settings);
    }
}

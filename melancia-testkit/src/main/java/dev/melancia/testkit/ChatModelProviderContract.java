package dev.melancia.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.provider.ChatModelProvider;
import dev.melancia.provider.ChatModelProviders;
import dev.melancia.provider.ModelCapability;
import dev.melancia.provider.ModelId;
import dev.melancia.provider.ModelSettings;
import dev.melancia.provider.ProviderConfigurationException;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What every provider owes, as JUnit tests. Extend it for a provider that speaks no HTTP; for one that does, extend
 * {@link HttpChatModelProviderContract}, which has these tests and those of faults. Tests of what a provider does not
 * declare are skipped by name. Confined to one thread, as any test class.
 *
 * @since 0.1.0
 */
public abstract class ChatModelProviderContract {

    /** 5 s: longest wait for what should come at once, ample for a busy machine. */
    protected static final Duration SOON = Duration.ofSeconds(5);

    /** The provider under test, made by its public constructor. */
    protected abstract ChatModelProvider provider();

    /** Settings of a model that answers any question. */
    protected abstract ModelSettings.Builder answeringModel();

    /** What the provider is expected to declare, so that a change of it is noticed. */
    protected abstract Set<ModelCapability> expectedCapabilities();

    /** The id its users write before the slash. */
    protected abstract String expectedId();

    @Test
    public final void hasTheExpectedId() {
        assertThat(provider().id()).isEqualTo(expectedId());
        assertThat(ModelId.of(provider().id() + "/m").provider()).isEqualTo(expectedId());
    }

    @Test
    public final void isAPublicClassWithAPublicConstructorThatDoesNoWork() throws ReflectiveOperationException {
        Class<? extends ChatModelProvider> type = provider().getClass();

        assertThat(Modifier.isPublic(type.getModifiers())).as("public class").isTrue();
        assertThat(type.getConstructor().newInstance().id()).isEqualTo(expectedId());
    }

    @Test
    public final void isFoundByServiceLoader() {
        assertThat(ChatModelProviders.discover().provider(expectedId()))
                .isInstanceOf(provider().getClass());
    }

    @Test
    public final void declaresTheExpectedCapabilities() {
        assertThat(provider().capabilities()).containsExactlyInAnyOrderElementsOf(expectedCapabilities());
    }

    @Test
    public final void answersAQuestion() {
        ChatResponse response = provider().chatModel(answeringModel().build()).chat(question("Who are you?"));

        assertThat(response.aiMessage().text()).isNotBlank();
        assertThat(response.finishReason()).as("finish reason").isNotNull();
    }

    @Test
    public final void tellsListenersOfAnAnswerOnce() {
        CallCounter calls = new CallCounter();

        provider().chatModel(answeringModel().listeners(List.of(calls)).build()).chat(question("Who are you?"));

        assertThat(calls.counts()).isEqualTo("1 requests, 1 responses, 0 errors");
    }

    @Test
    public final void streamsPiecesThatMakeTheAnswerAndEndsOnce() throws InterruptedException {
        assumeStreaming();
        CallCounter calls = new CallCounter();
        StreamRecorder stream = new StreamRecorder();

        streaming(answeringModel().listeners(List.of(calls)).build()).chat(question("Who are you?"), stream);

        assertThat(stream.awaitTerminals(1, SOON)).as("terminal signal").isTrue();
        ChatResponse response = stream.response().orElseThrow(() -> new AssertionError(stream.terminals()));
        assertThat(response.aiMessage().text()).isNotBlank().isEqualTo(String.join("", stream.pieces()));
        assertThat(response.finishReason()).as("finish reason").isNotNull();
        assertThat(stream.awaitTerminals(2, Duration.ofMillis(50)))
                .as("second terminal")
                .isFalse();
        assertThat(calls.counts()).isEqualTo("1 requests, 1 responses, 0 errors");
    }

    @Test
    public final void isNotAskedToStreamWhereTheModelDoesNotDeclareIt() {
        ModelSettings settings = answeringModel().capabilities(Set.of()).build();

        assertThatThrownBy(() -> ChatModelProviders.of(provider()).streamingChatModel(settings))
                .isInstanceOf(ProviderConfigurationException.class)
                .hasMessageContaining("STREAMING");
    }

    /** One user message. */
    protected static ChatRequest question(String text) {
        return ChatRequest.builder().messages(UserMessage.from(text)).build();
    }

    /** A streaming model, asked for as the router asks. */
    protected final StreamingChatModel streaming(ModelSettings settings) {
        return ChatModelProviders.of(provider()).streamingChatModel(settings);
    }

    /** Skips the test, by name, for a provider that does not stream. */
    protected final void assumeStreaming() {
        assumeTrue(
                expectedCapabilities().contains(ModelCapability.STREAMING),
                () -> expectedId() + " does not declare STREAMING");
    }
}

package dev.melancia.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.ChatModel;
import dev.melancia.provider.ChatModelProvider;
import dev.melancia.provider.ChatModelProviders;
import dev.melancia.provider.ModelId;
import dev.melancia.provider.ModelSettings;
import org.junit.jupiter.api.Test;

/** How an application tests itself without a model: a mocked provider where it looks one up, a script elsewhere. */
class MockedProviderExampleTest {

    /** A piece of an application: answers, and apologises when the model is too slow. */
    private static final class Assistant {

        private final ChatModel model;

        Assistant(ChatModelProviders providers) {
            this.model = providers.chatModel(ModelSettings.of(ModelId.of("ollama/phi3:mini")));
        }

        String answer(String question) {
            try {
                return model.chat(question);
            } catch (TimeoutException e) {
                return "Desculpe, tente de novo.";
            }
        }
    }

    @Test
    void withAMockedProviderAndModel() {
        ChatModel model = mock();
        ChatModelProvider provider = mock();
        when(model.chat(anyString())).thenReturn("42").thenThrow(new TimeoutException("too slow"));
        when(provider.id()).thenReturn("ollama");
        when(provider.chatModel(any())).thenReturn(model);

        Assistant assistant = new Assistant(ChatModelProviders.of(provider));

        assertThat(assistant.answer("?")).isEqualTo("42");
        assertThat(assistant.answer("?")).startsWith("Desculpe");
        verify(provider).chatModel(argThat(settings -> settings.model().model().equals("phi3:mini")));
    }

    @Test
    void withAMockedProviderAndAScriptedModel() {
        ScriptedChatModel model = ScriptedChatModel.answering("42").thenFailing(new TimeoutException("too slow"));
        ChatModelProvider provider = mock();
        when(provider.id()).thenReturn("ollama");
        when(provider.chatModel(any())).thenReturn(model);

        Assistant assistant = new Assistant(ChatModelProviders.of(provider));

        assertThat(assistant.answer("?")).isEqualTo("42");
        assertThat(assistant.answer("?")).startsWith("Desculpe");
        assertThat(model.requests()).hasSize(2);
    }
}

package dev.melancia.examples.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.call.CallContext;
import dev.melancia.call.CallRecord;
import dev.melancia.router.AllModelsFailedException;
import dev.melancia.router.ModelRouter;
import dev.melancia.routing.Candidate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a host application tests its own code: it knows {@code ChatModel} only, and mocks that. */
class HostApplicationTest {

    /** A piece of a host application; the model is injected, and may be a router's view. */
    private static final class Faq {

        private final ChatModel model;

        Faq(ChatModel model) {
            this.model = model;
        }

        String answer(String question) {
            try {
                return model.chat("Responda em uma frase: " + question).strip();
            } catch (AllModelsFailedException | RateLimitException e) {
                return "Tente de novo em instantes.";
            }
        }
    }

    private final ChatModel local = mock();
    private final ChatModel paid = mock();
    private final List<CallRecord> records = new ArrayList<>();

    @Test
    void testsItselfWithAMockedModel() {
        when(local.chat(anyString())).thenReturn(" Um anúncio na loja. ");

        assertThat(new Faq(local).answer("O que é retail media?")).isEqualTo("Um anúncio na loja.");
        verify(local).chat("Responda em uma frase: O que é retail media?");
    }

    @Test
    void testsItsRoutingWithMockedModelsBehindARealRouter() {
        when(local.chat(any(ChatRequest.class), any(ChatRequestOptions.class)))
                .thenThrow(new RateLimitException("busy"));
        when(paid.chat(any(ChatRequest.class), any(ChatRequestOptions.class))).thenReturn(response("42"));
        try (ModelRouter router = router()) {
            Faq faq = new Faq(router.chatModel(
                    CallContext.builder().userId("ana").tier("premium").build()));

            assertThat(faq.answer("Quanto?")).isEqualTo("42");
        }
        verify(local).chat(argThat(HostApplicationTest::asksQuanto), any(ChatRequestOptions.class));
        verify(paid).chat(argThat(HostApplicationTest::asksQuanto), any(ChatRequestOptions.class));
        assertThat(records).singleElement().matches(CallRecord::fellBack);
    }

    @Test
    void apologisesWhenEveryModelFails() {
        when(local.chat(any(ChatRequest.class), any(ChatRequestOptions.class)))
                .thenThrow(new IllegalStateException("broken"));
        when(paid.chat(any(ChatRequest.class), any(ChatRequestOptions.class)))
                .thenThrow(new IllegalStateException("broken too"));
        try (ModelRouter router = router()) {
            assertThat(new Faq(router.chatModel()).answer("Quanto?")).startsWith("Tente de novo");
        }
        assertThat(records).singleElement().matches(record -> record.attempts().size() == 2);
    }

    @Test
    void asksNoSecondModelWhenTheFirstAnswers() {
        when(local.chat(any(ChatRequest.class), any(ChatRequestOptions.class))).thenReturn(response("7"));
        try (ModelRouter router = router()) {
            assertThat(new Faq(router.chatModel()).answer("Quanto?")).isEqualTo("7");
        }
        verify(paid, never()).chat(any(ChatRequest.class), any(ChatRequestOptions.class));
    }

    private ModelRouter router() {
        return ModelRouter.builder()
                .model(Candidate.of("ollama/phi3:mini"), local)
                .model(Candidate.of("openai/gpt-4o-mini"), paid)
                .listener(records::add)
                .build();
    }

    private static boolean asksQuanto(ChatRequest request) {
        return request != null && request.messages().toString().contains("Quanto?");
    }

    private static ChatResponse response(String text) {
        return ChatResponse.builder().aiMessage(AiMessage.from(text)).build();
    }
}

package dev.melancia.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.melancia.cost.Cost;
import dev.melancia.cost.TokenPrice;
import dev.melancia.provider.ModelId;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ChatModelSubjectTest {

    private static final ModelId MINI = ModelId.of("openai/gpt-4o-mini");
    private static final TokenPrice PRICE = TokenPrice.usdPerMillionTokens("0.15", "0.60");
    private static final Question QUESTION = Question.builder("q", "Qual é o prazo?")
            .context("O prazo é de 30 dias.")
            .build();

    private final AtomicReference<ChatRequest> asked = new AtomicReference<>();

    @Test
    void asksContextAndQuestionAndTakesEverythingReported() throws Exception {
        Subject subject = Subject.of(MINI, answering(usage(new TokenUsage(900, 120), FinishReason.LENGTH)), PRICE);

        Answer answer = subject.answer(Ask.of(QUESTION));

        assertThat(subject.name()).isEqualTo("openai/gpt-4o-mini");
        assertThat(asked.get().messages())
                .containsExactly(UserMessage.from("O prazo é de 30 dias.\n\nQual é o prazo?"));
        assertThat(answer.text()).isEqualTo("30 dias");
        assertThat(answer.tokens().input()).hasValue(900);
        assertThat(answer.tokens().output()).hasValue(120);
        assertThat(answer.cost()).hasToString("0.000207 USD");
        assertThat(answer.finish()).isEqualTo(Answer.Finish.CUT_OFF);
        assertThat(answer.model()).hasValue("gpt-4o-mini-2024");
        assertThat(answer.sources()).isEmpty();
    }

    @Test
    void missingCountsAndPricesStayUnknown() throws Exception {
        assertThat(cost(PRICE, null)).isEqualTo(Cost.unknown());
        assertThat(cost(PRICE, new TokenUsage(10, null))).isEqualTo(Cost.unknown());
        assertThat(cost(null, new TokenUsage(10, 10))).isEqualTo(Cost.unknown());
    }

    @Test
    void freeModelsCostNothingWhateverTheyCount() throws Exception {
        assertThat(cost(TokenPrice.free(), null)).isEqualTo(Cost.zero());
        assertThat(cost(TokenPrice.usdPerMillionTokens("0.00", "0"), null)).isEqualTo(Cost.zero());
    }

    @Test
    void answerWithoutTextIsAnError() {
        AiMessage tool = AiMessage.from(ToolExecutionRequest.builder().name("t").build());
        Subject subject = Subject.of(MINI, answering(ChatResponse.builder().aiMessage(tool)));

        assertThatThrownBy(() -> subject.answer(Ask.of(QUESTION)))
                .hasMessageStartingWith("a benchmark needs a text, openai/gpt-4o-mini returned none");
    }

    @Test
    void takesYourOwnPrompt() throws Exception {
        Subject subject = Subject.of(
                MINI,
                answering(usage(null, null)),
                null,
                question -> ChatRequest.builder()
                        .messages(SystemMessage.from("Seja breve."), UserMessage.from(question.text()))
                        .build());

        Answer answer = subject.answer(Ask.of(QUESTION));

        assertThat(asked.get().messages()).hasSize(2);
        assertThat(answer.finish()).isEqualTo(Answer.Finish.UNKNOWN);
    }

    private Cost cost(TokenPrice price, TokenUsage usage) throws Exception {
        return Subject.of(MINI, answering(usage(usage, FinishReason.STOP)), price)
                .answer(Ask.of(QUESTION))
                .cost();
    }

    private static ChatResponse.Builder usage(TokenUsage usage, FinishReason reason) {
        return ChatResponse.builder()
                .aiMessage(AiMessage.from("30 dias"))
                .modelName("gpt-4o-mini-2024")
                .tokenUsage(usage)
                .finishReason(reason);
    }

    private ChatModel answering(ChatResponse.Builder response) {
        return new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                asked.set(request);
                return response.build();
            }
        };
    }
}

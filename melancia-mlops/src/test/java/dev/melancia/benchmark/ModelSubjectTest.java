package dev.melancia.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.melancia.cost.Cost;
import dev.melancia.cost.TokenCounts;
import dev.melancia.cost.TokenPrice;
import dev.melancia.provider.ModelId;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ModelSubjectTest {

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
    void takesYourOwnSystemMessagePromptAndParameters() throws Exception {
        Subject subject = ModelSubject.builder("brief", answering(usage(null, null)))
                .systemMessage("Seja breve.")
                .prompt(question -> "P: " + question.text())
                .parameters(ChatRequestParameters.builder().temperature(0.2).build())
                .build();

        Answer answer = subject.answer(Ask.of(QUESTION));

        assertThat(subject.name()).isEqualTo("brief");
        assertThat(asked.get().messages())
                .containsExactly(SystemMessage.from("Seja breve."), UserMessage.from("P: Qual é o prazo?"));
        assertThat(asked.get().parameters().temperature()).isEqualTo(0.2);
        assertThat(answer.finish()).isEqualTo(Answer.Finish.UNKNOWN);
    }

    @Test
    void remindsTheModelOfTheLatestTurns() throws Exception {
        Ask ask = new Ask(QUESTION, List.of(turn("a", "Oi?", "Olá."), turn("b", "E?", "")), 0);
        ChatModel model = answering(usage(null, null));

        ModelSubject.builder("m", model).build().answer(ask);
        assertThat(asked.get().messages())
                .containsExactly(
                        UserMessage.from("Oi?"),
                        AiMessage.from("Olá."),
                        UserMessage.from("E?"),
                        AiMessage.from(""),
                        UserMessage.from("O prazo é de 30 dias.\n\nQual é o prazo?"));

        ModelSubject.builder("m", model).memory(1).build().answer(ask);
        assertThat(asked.get().messages()).hasSize(3).startsWith(UserMessage.from("E?"));

        ModelSubject.builder("m", model).memory(0).build().answer(ask);
        assertThat(asked.get().messages()).hasSize(1);
    }

    @Test
    void pricesCachedInputOnlyWhereTheReaderCountsIt() throws Exception {
        TokenPrice price = PRICE.withCachedInput("0.075");
        ChatModel model = answering(usage(new TokenUsage(1_000, 0), FinishReason.STOP));

        Answer plain = ModelSubject.builder("m", model).price(price).build().answer(Ask.of(QUESTION));
        Answer read = ModelSubject.builder("m", model)
                .price(price)
                .tokens(response -> TokenCounts.reported(response.tokenUsage()).withCachedInput(400))
                .build()
                .answer(Ask.of(QUESTION));

        assertThat(plain.cost()).hasToString("~0.00015 USD");
        assertThat(read.tokens().cachedInput()).hasValue(400);
        assertThat(read.cost()).hasToString("0.00012 USD");
    }

    @Test
    void saysHowLongTheServerLoadedTheModelWhereItSaysSo() throws Exception {
        ChatResponse.Builder cold =
                ChatResponse.builder().aiMessage(AiMessage.from("30 dias")).metadata(new Loaded(OptionalLong.of(300)));
        ChatResponse.Builder silent =
                ChatResponse.builder().aiMessage(AiMessage.from("30 dias")).metadata(new Loaded(OptionalLong.empty()));

        assertThat(ModelSubject.builder("m", answering(cold))
                        .build()
                        .answer(Ask.of(QUESTION))
                        .loadNanos())
                .hasValue(300);
        assertThat(ModelSubject.builder("m", answering(silent))
                        .build()
                        .answer(Ask.of(QUESTION))
                        .loadNanos())
                .isEmpty();
        assertThat(Subject.of(MINI, answering(usage(null, null)))
                        .answer(Ask.of(QUESTION))
                        .loadNanos())
                .isEmpty();
    }

    @Test
    void runsWhereItIsPlaced() {
        ModelSubject.Builder subject = ModelSubject.builder("m", answering(usage(null, null)));

        assertThat(subject.build().placement()).isEqualTo(Placement.local());
        assertThat(subject.placement(Placement.remote(7)).build().placement().concurrency())
                .isEqualTo(7);
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        ModelSubject.Builder subject = ModelSubject.builder("m", answering(usage(null, null)));

        assertThatThrownBy(() -> subject.memory(-1)).hasMessage("memory must be at least 0 turns, was -1");
        assertThatThrownBy(() -> subject.limit(Duration.ZERO)).hasMessage("limit must be at least 1 ms, was PT0S");
    }

    private static Ask.Turn turn(String id, String question, String answer) {
        return new Ask.Turn(
                Question.builder(id, question).context("not said again").build(), Answer.of(answer));
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

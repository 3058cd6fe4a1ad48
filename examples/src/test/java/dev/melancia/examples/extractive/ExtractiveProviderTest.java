package dev.melancia.examples.extractive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.melancia.provider.ChatModelProviders;
import dev.melancia.provider.ModelCapability;
import dev.melancia.provider.ModelId;
import dev.melancia.provider.ModelSettings;
import dev.melancia.provider.ProviderConfigurationException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExtractiveProviderTest {

    private static final String QUESTION = "O que é uma clean room?";
    private static final UserMessage USER = UserMessage.from(QUESTION);

    private final ChatModel model = Questions.model(Questions.SENTENCE);

    @Test
    void isFoundByServiceLoader() {
        ChatModel found = ChatModelProviders.discover().chatModel(ModelSettings.of(Questions.PASSAGE));

        assertThat(AnswerSources.of(found.chat(QUESTION))).containsExactly("rm-19");
        assertThat(new ExtractiveProvider().capabilities()).containsExactly(ModelCapability.STREAMING);
    }

    @Test
    void finishesWithStopItsModelNameAndItsTokens() {
        ChatResponse response = model.chat(SystemMessage.from("Responda."), USER);

        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(response.modelName()).isEqualTo("sentence");
        // Respo nda . | O que é uma clean room ?
        assertThat(response.tokenUsage())
                .isEqualTo(
                        new TokenUsage(3 + 7, Tokens.count(response.aiMessage().text())));
    }

    @Test
    void looksOnlyAtTheLastUserMessage() {
        ChatResponse response = model.chat(
                UserMessage.from("Qual é o lance mínimo por clique em eletrônicos?"), AiMessage.from("R$ 0,90."), USER);

        assertThat(response.aiMessage().text()).isEqualTo(model.chat(QUESTION));
    }

    @Test
    void answerBeyondTheTokenLimitIsCutAndSaysSo() {
        ChatModel terse = new ExtractiveProvider()
                .chatModel(ModelSettings.builder(Questions.PASSAGE)
                        .maxOutputTokens(4)
                        .build());

        ChatResponse cut = terse.chat(USER);

        assertThat(cut.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(cut.tokenUsage().outputTokenCount()).isEqualTo(4);
        assertThat(cut.aiMessage().text()).isEqualTo("Segundo a base");
    }

    @Test
    void requestOverridesModelAndTokenLimit() {
        ChatResponse passage = model.chat(
                ChatRequest.builder().messages(USER).modelName("passage").build());
        ChatResponse cut = model.chat(
                ChatRequest.builder().messages(USER).maxOutputTokens(2).build());

        assertThat(passage.modelName()).isEqualTo("passage");
        assertThat(passage.aiMessage().text())
                .isEqualTo(Questions.model(Questions.PASSAGE).chat(QUESTION));
        assertThat(cut.aiMessage().text()).isEqualTo("Segundo");
    }

    @Test
    void listenersHearOneRequestAndOneResponse() {
        List<String> heard = new ArrayList<>();
        ChatModelListener listener = new ChatModelListener() {
            @Override
            public void onRequest(ChatModelRequestContext context) {
                heard.add("request " + context.chatRequest().modelName());
            }

            @Override
            public void onResponse(ChatModelResponseContext context) {
                heard.add("response " + context.chatResponse().modelName());
            }
        };
        new ExtractiveProvider()
                .chatModel(ModelSettings.builder(Questions.SENTENCE)
                        .listeners(List.of(listener))
                        .build())
                .chat(USER);

        assertThat(heard).containsExactly("request sentence", "response sentence");
    }

    @Test
    void unknownModelIsNamedWithThoseThereAre() {
        ModelSettings settings = ModelSettings.of(ModelId.of("extractive/book"));

        assertThatThrownBy(() -> new ExtractiveProvider().chatModel(settings))
                .isInstanceOf(ProviderConfigurationException.class)
                .hasMessage("model of extractive must be one of sentence, passage, was book");
        assertThatThrownBy(() -> model.chat(
                        ChatRequest.builder().messages(USER).modelName("book").build()))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessage("model must be one of sentence, passage, was \"book\"");
    }

    @Test
    void addressIsRefused() {
        ModelSettings settings = ModelSettings.builder(Questions.SENTENCE)
                .baseUrl(URI.create("http://localhost:1"))
                .build();

        assertThatThrownBy(() -> new ExtractiveProvider().streamingChatModel(settings))
                .isInstanceOfSatisfying(
                        ProviderConfigurationException.class,
                        error -> assertThat(error.setting()).isEqualTo("baseUrl"));
    }

    @Test
    void whatItCannotDoIsRefusedRatherThanIgnored() {
        ToolSpecification tool = ToolSpecification.builder().name("clock").build();
        UserMessage image =
                UserMessage.from(TextContent.from(QUESTION), ImageContent.from(URI.create("http://localhost/a.png")));

        assertThatThrownBy(() -> model.chat(ChatRequest.builder()
                        .messages(USER)
                        .toolSpecifications(tool)
                        .build()))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("tools");
        assertThatThrownBy(() -> model.chat(ChatRequest.builder()
                        .messages(USER)
                        .responseFormat(ResponseFormat.JSON)
                        .build()))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("JSON");
        assertThatThrownBy(() -> model.chat(ChatRequest.builder()
                        .messages(USER)
                        .stopSequences(List.of("x"))
                        .build()))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("stop sequences");
        assertThatThrownBy(() -> model.chat(image))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("IMAGE");
    }

    @Test
    void requestWithoutAQuestionOrWithAnImpossibleLimitIsInvalid() {
        assertThatThrownBy(() -> model.chat(SystemMessage.from("Responda.")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("user message");
        assertThatThrownBy(() -> model.chat(
                        ChatRequest.builder().messages(USER).maxOutputTokens(0).build()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("maxOutputTokens must be at least 1, was 0");
    }
}

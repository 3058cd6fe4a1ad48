package dev.melancia.routing;

import static dev.melancia.routing.Asks.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenEstimateTest {

    private static final int PER_MESSAGE = TokenEstimate.TOKENS_PER_MESSAGE;

    private static int tokens(ChatMessage... messages) {
        return TokenEstimate.promptTokens(
                ChatRequest.builder().messages(List.of(messages)).build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Oi", "ação", "São Paulo — R$ 30", "🍉 melancia 🍉", "日本語", "\u07FF\u0800\uFFFF"})
    void bytesAreThoseOfUtf8(String text) {
        assertThat(TokenEstimate.bytes(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void fourBytesAreATokenRoundedUpAndAMessageCostsAFewMore() {
        assertThat(tokens(UserMessage.from("abcd"))).isEqualTo(1 + PER_MESSAGE);
        assertThat(tokens(UserMessage.from("abcde"))).isEqualTo(2 + PER_MESSAGE);
        assertThat(tokens(UserMessage.from("çãé"))).isEqualTo(2 + PER_MESSAGE);
        assertThat(tokens(SystemMessage.from("abcd"), UserMessage.from("ab"), AiMessage.from("ab")))
                .isEqualTo(2 + 3 * PER_MESSAGE);
    }

    @Test
    void toolCallsAndTheirResultsCount() {
        AiMessage call = AiMessage.from(ToolExecutionRequest.builder()
                .name("find")
                .arguments("{\"name\": \"Ana\"}")
                .build());

        assertThat(tokens(call)).isGreaterThan(tokens(AiMessage.from("")) + 4);
        assertThat(tokens(ToolExecutionResultMessage.from("id", "find", "x".repeat(400))))
                .isEqualTo(100 + PER_MESSAGE);
    }

    @Test
    void anImageCountsAsAThousand() {
        assertThat(tokens(UserMessage.from(TextContent.from("abcd"), ImageContent.from("http://example.org/a.png"))))
                .isEqualTo(1 + PER_MESSAGE + 1_000);
    }

    @Test
    void toolsAndSchemasCountWithTheirNamesAndDescriptions() {
        JsonObjectSchema parameters = JsonObjectSchema.builder()
                .addStringProperty("city", "x".repeat(400))
                .addEnumProperty("unit", List.of("celsius", "fahrenheit"))
                .build();
        ChatRequest tool = ChatRequest.builder()
                .messages(say("Oi").messages())
                .toolSpecifications(ToolSpecification.builder()
                        .name("weather")
                        .description("y".repeat(400))
                        .parameters(parameters)
                        .build())
                .build();
        ChatRequest schema = ChatRequest.builder()
                .messages(say("Oi").messages())
                .responseFormat(ResponseFormat.builder()
                        .type(ResponseFormatType.JSON)
                        .jsonSchema(JsonSchema.builder()
                                .name("answer")
                                .rootElement(parameters)
                                .build())
                        .build())
                .build();

        assertThat(TokenEstimate.promptTokens(tool)).isBetween(205, 260);
        assertThat(TokenEstimate.promptTokens(schema)).isBetween(105, 150);
    }

    @Test
    void theAnswerIsAsLongAsTheRequestAllowsElseAThousand() {
        ChatRequest limited = ChatRequest.builder()
                .messages(say("Oi").messages())
                .maxOutputTokens(64)
                .build();

        assertThat(TokenEstimate.answerTokens(limited)).isEqualTo(64);
        assertThat(TokenEstimate.answerTokens(say("Oi"))).isEqualTo(TokenEstimate.DEFAULT_ANSWER_TOKENS);
    }
}

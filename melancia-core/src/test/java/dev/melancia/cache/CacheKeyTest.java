package dev.melancia.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.melancia.call.CallContext;
import dev.melancia.provider.ModelId;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheKeyTest {

    private static final ModelId MODEL = ModelId.of("openai/gpt-4o-mini");
    private static final CallContext ANA =
            CallContext.builder().tenant("loja-1").promptVersion("answer@3").build();

    private static CacheKey key(CallContext context, UnaryOperator<ChatRequest.Builder> more) {
        ChatRequest.Builder request = ChatRequest.builder().messages(UserMessage.from("O que é retail media?"));
        return CacheKey.of(context, MODEL, more.apply(request).build());
    }

    private static CacheKey key(CallContext context) {
        return key(context, request -> request);
    }

    @Test
    void theSameQuestionMadeAnewIsTheSameKey() {
        assertThat(key(ANA)).isEqualTo(key(ANA)).hasSameHashCodeAs(key(ANA));
    }

    @Test
    void tenantPromptVersionAndModelAreParts() {
        CacheKey key = key(ANA);

        assertThat(key)
                .isNotEqualTo(key(CallContext.builder()
                        .tenant("loja-2")
                        .promptVersion("answer@3")
                        .build()))
                .isNotEqualTo(key(CallContext.builder()
                        .tenant("loja-1")
                        .promptVersion("answer@4")
                        .build()))
                .isNotEqualTo(key(CallContext.empty()))
                .isNotEqualTo(key.withModel(ModelId.of("ollama/phi3:mini")));
        assertThat(key.withModel(MODEL)).isSameAs(key);
        assertThat(key.tenant()).contains("loja-1");
        assertThat(key.promptVersion()).contains("answer@3");
        assertThat(key.model()).isEqualTo(MODEL);
    }

    @Test
    void tenantAndPromptVersionAreNotTakenForEachOther() {
        assertThat(key(CallContext.builder().tenant("a").build()))
                .isNotEqualTo(key(CallContext.builder().promptVersion("a").build()));
    }

    @Test
    void whoAsksIsNoPart() {
        CallContext bob = CallContext.builder()
                .tenant("loja-1")
                .promptVersion("answer@3")
                .userId("bob")
                .tier("premium")
                .conversationId("c")
                .tag("urgency", "low")
                .build();

        assertThat(key(bob)).isEqualTo(key(ANA));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "temperature",
                "topP",
                "topK",
                "frequency",
                "presence",
                "max",
                "stop",
                "format",
                "schema",
                "model"
            })
    void everyParameterIsAPart(String parameter) {
        JsonSchema schema = JsonSchema.builder()
                .name("Answer")
                .rootElement(
                        JsonObjectSchema.builder().addStringProperty("text").build())
                .build();
        Map<String, UnaryOperator<ChatRequest.Builder>> settings = Map.of(
                "temperature", request -> request.temperature(0.1),
                "topP", request -> request.topP(0.1),
                "topK", request -> request.topK(1),
                "frequency", request -> request.frequencyPenalty(0.1),
                "presence", request -> request.presencePenalty(0.1),
                "max", request -> request.maxOutputTokens(10),
                "stop", request -> request.stopSequences(java.util.List.of(".")),
                "format", request -> request.responseFormat(ResponseFormat.JSON),
                "schema",
                        request -> request.responseFormat(ResponseFormat.builder()
                                .type(ResponseFormatType.JSON)
                                .jsonSchema(schema)
                                .build()),
                "model", request -> request.modelName("gpt-4o"));

        assertThat(key(ANA, settings.get(parameter)))
                .isNotEqualTo(key(ANA))
                .isEqualTo(key(ANA, settings.get(parameter)));
    }

    @Test
    void everyMessageIsAPart() {
        assertThat(key(
                        ANA,
                        request -> request.messages(
                                SystemMessage.from("Seja breve."), UserMessage.from("O que é retail media?"))))
                .isNotEqualTo(key(ANA));
    }

    @Test
    void aMessageChangedAfterwardsIsNotFoundUnderEitherContent() {
        UserMessage message = UserMessage.builder()
                .addContent(new dev.langchain4j.data.message.TextContent("Oi"))
                .build();
        CacheKey kept =
                CacheKey.of(ANA, MODEL, ChatRequest.builder().messages(message).build());
        CacheKey before = CacheKey.of(
                ANA,
                MODEL,
                ChatRequest.builder().messages(UserMessage.from("Oi")).build());
        assertThat(kept).isEqualTo(before);

        message.attributes().put("seen", true);
        CacheKey after =
                CacheKey.of(ANA, MODEL, ChatRequest.builder().messages(message).build());

        assertThat(kept).isNotEqualTo(before).isNotEqualTo(after);
    }

    @Test
    void printsNeitherRequestNorTenant() {
        assertThat(key(ANA)).hasToString("CacheKey[openai/gpt-4o-mini, promptVersion=answer@3]");
    }
}

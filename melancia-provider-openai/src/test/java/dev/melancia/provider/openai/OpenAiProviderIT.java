package dev.melancia.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.melancia.provider.ModelId;
import dev.melancia.provider.ModelSettings;
import dev.melancia.provider.Secret;
import dev.melancia.testkit.RealServers;
import dev.melancia.testkit.StreamRecorder;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With two real OpenAI-compatible servers: llama-server, which wants a key, and Ollama's {@code /v1}. */
class OpenAiProviderIT {

    private static final String HELLO = "Hello! I am a tiny deterministic test model.";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final OpenAiProvider provider = new OpenAiProvider();

    @Test
    void answersWithTokenUsage() {
        ChatResponse response = provider.chatModel(llama("sk-test").build()).chat(request("Hi"));

        assertThat(response.aiMessage().text()).isEqualTo(HELLO);
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(response.tokenUsage().inputTokenCount()).isPositive();
        assertThat(response.tokenUsage().outputTokenCount()).isPositive();
    }

    @Test
    void streamsTheSameAnswer() throws InterruptedException {
        StreamRecorder stream = streamed(llama("sk-test").build());

        ChatResponse response = stream.response().orElseThrow(() -> new AssertionError(stream.terminals()));
        assertThat(stream.pieces()).hasSizeGreaterThan(3);
        assertThat(String.join("", stream.pieces())).isEqualTo(HELLO);
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(response.tokenUsage().outputTokenCount()).isPositive();
    }

    @Test
    void streamsFromOllamaToo() throws InterruptedException {
        StreamRecorder stream = streamed(ollama("tiny"));

        assertThat(stream.response()).as("first of " + stream.terminals()).isPresent();
        assertThat(String.join("", stream.pieces())).isEqualTo(HELLO);
    }

    @Test
    void signalsAWrongKey() throws InterruptedException {
        ModelSettings settings = llama("sk-wrong-key-of-a-test").build();

        assertThatThrownBy(() -> provider.chatModel(settings).chat("Hi"))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageNotContaining("sk-wrong-key-of-a-test");
        assertThat(streamed(settings).error()).containsInstanceOf(AuthenticationException.class);
    }

    @Test
    void signalsAMissingModel() {
        ModelSettings settings = ollama("no-such-model");

        assertThatThrownBy(() -> provider.chatModel(settings).chat("Hi"))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessageContaining("no-such-model");
    }

    @Test
    void signalsAPromptThatIsTooLong() {
        ModelSettings settings = llama("sk-test").build();
        String tooLong = "word ".repeat(3_000);

        assertThatThrownBy(() -> provider.chatModel(settings).chat(tooLong))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("context");
    }

    @Test
    void stopsAtTheTokenLimitAndSaysSo() {
        ChatResponse response =
                provider.chatModel(llama("sk-test").maxOutputTokens(5).build()).chat(request("Tell me a long story"));

        assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(5);
    }

    @Test
    void answersInJson() {
        ChatRequest request = ChatRequest.builder()
                .messages(UserMessage.from("json please"))
                .responseFormat(ResponseFormat.JSON)
                .build();

        assertThat(provider.chatModel(llama("sk-test").build())
                        .chat(request)
                        .aiMessage()
                        .text())
                .contains("{")
                .contains("}");
    }

    @Test
    void asksForAToolInOnePieceAndInAStream() throws InterruptedException {
        ToolSpecification tool = ToolSpecification.builder()
                .name("get_weather")
                .parameters(JsonObjectSchema.builder().addStringProperty("city").build())
                .build();
        ChatRequest request = ChatRequest.builder()
                .messages(UserMessage.from("What is the weather in Paris?"))
                .toolSpecifications(tool)
                .build();
        StreamRecorder stream = new StreamRecorder();

        ChatResponse whole = provider.chatModel(ollama("tiny")).chat(request);
        provider.streamingChatModel(ollama("tiny")).chat(request, stream);

        assertThat(stream.awaitTerminals(1, LIMIT)).as("terminal signal").isTrue();
        ChatResponse streamed = stream.response().orElseThrow(() -> new AssertionError(stream.terminals()));
        assertThat(List.of(whole, streamed)).allSatisfy(response -> {
            assertThat(response.finishReason()).isEqualTo(FinishReason.TOOL_EXECUTION);
            assertThat(response.aiMessage().toolExecutionRequests())
                    .singleElement()
                    .satisfies(call -> {
                        assertThat(call.name()).isEqualTo("get_weather");
                        assertThat(call.arguments()).contains("Paris");
                    });
        });
    }

    private StreamRecorder streamed(ModelSettings settings) throws InterruptedException {
        StreamRecorder stream = new StreamRecorder();
        provider.streamingChatModel(settings).chat(request("Hi"), stream);
        assertThat(stream.awaitTerminals(1, LIMIT)).as("terminal signal").isTrue();
        return stream;
    }

    private static ModelSettings.Builder llama(String key) {
        return ModelSettings.builder(ModelId.of("openai/tiny"))
                .baseUrl(RealServers.require(RealServers.LLAMA_URL))
                .apiKey(Secret.of(key))
                .timeout(LIMIT);
    }

    private static ModelSettings ollama(String model) {
        return ModelSettings.builder(new ModelId("openai", model))
                .baseUrl(URI.create(RealServers.require(RealServers.OLLAMA_URL) + "/v1"))
                .apiKey(Secret.of("none"))
                .timeout(LIMIT)
                .build();
    }

    private static ChatRequest request(String text) {
        return ChatRequest.builder().messages(UserMessage.from(text)).build();
    }
}

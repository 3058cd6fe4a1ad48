package dev.melancia.provider.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.melancia.provider.ModelId;
import dev.melancia.provider.ModelSettings;
import dev.melancia.testkit.RealServers;
import dev.melancia.testkit.StreamRecorder;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With a real Ollama and the scripted models of {@code dev/servers/start-ollama.sh}, whose answers never change. */
class OllamaProviderIT {

    private static final String HELLO = "Hello! I am a tiny deterministic test model.";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final OllamaProvider provider = new OllamaProvider();
    private URI server;

    @BeforeEach
    void findServer() {
        server = RealServers.require(RealServers.OLLAMA_URL);
    }

    @Test
    void answersWithTokenUsage() {
        ChatResponse response = provider.chatModel(model("tiny")).chat(request("Hi"));

        assertThat(response.aiMessage().text()).isEqualTo(HELLO);
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(response.tokenUsage().inputTokenCount()).isPositive();
        assertThat(response.tokenUsage().outputTokenCount()).isPositive();
    }

    @Test
    void streamsTheSameAnswer() throws InterruptedException {
        StreamRecorder stream = new StreamRecorder();
        provider.streamingChatModel(model("tiny")).chat(request("Hi"), stream);

        assertThat(stream.awaitTerminals(1, LIMIT)).isTrue();
        ChatResponse response = stream.response().orElseThrow(() -> new AssertionError(stream.terminals()));
        assertThat(stream.pieces()).hasSizeGreaterThan(3);
        assertThat(String.join("", stream.pieces())).isEqualTo(HELLO);
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(response.tokenUsage().outputTokenCount()).isPositive();
    }

    @Test
    void stopsAtTheTokenLimitAndSaysSo() {
        ModelSettings settings = builder("tiny").maxOutputTokens(5).build();

        ChatResponse response = provider.chatModel(settings).chat(request("Tell me a long story"));

        assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(5);
    }

    @Test
    void signalsAMissingModel() throws InterruptedException {
        ChatModel missing = provider.chatModel(model("no-such-model"));
        StreamRecorder stream = new StreamRecorder();
        provider.streamingChatModel(model("no-such-model")).chat(request("Hi"), stream);

        assertThatThrownBy(() -> missing.chat("Hi"))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessageContaining("no-such-model");
        assertThat(stream.awaitTerminals(1, LIMIT)).isTrue();
        assertThat(stream.error()).containsInstanceOf(ModelNotFoundException.class);
    }

    @Test
    void asksForAToolAndAnswersWithItsResult() {
        ChatModel model = provider.chatModel(model("tiny"));
        ToolSpecification tool = ToolSpecification.builder()
                .name("get_weather")
                .parameters(JsonObjectSchema.builder().addStringProperty("city").build())
                .build();
        UserMessage question = UserMessage.from("What is the weather in Paris?");

        ChatResponse asked = model.chat(ChatRequest.builder()
                .messages(question)
                .toolSpecifications(tool)
                .build());
        ToolExecutionRequest call = asked.aiMessage().toolExecutionRequests().get(0);
        ChatResponse answered = model.chat(ChatRequest.builder()
                .messages(question, asked.aiMessage(), ToolExecutionResultMessage.from(call, "sunny"))
                .toolSpecifications(tool)
                .build());

        assertThat(call.name()).isEqualTo("get_weather");
        assertThat(call.arguments()).contains("Paris");
        assertThat(answered.aiMessage().text()).startsWith("The forecast says sunny today");
    }

    @Test
    void answersToAJsonSchema() {
        JsonSchema schema = JsonSchema.builder()
                .name("answer")
                .rootElement(JsonObjectSchema.builder()
                        .addIntegerProperty("answer")
                        .required("answer")
                        .build())
                .build();
        ChatRequest request = ChatRequest.builder()
                .messages(UserMessage.from("json please"))
                .responseFormat(ResponseFormat.builder()
                        .type(ResponseFormatType.JSON)
                        .jsonSchema(schema)
                        .build())
                .build();

        assertThat(provider.chatModel(model("tiny")).chat(request).aiMessage().text())
                .matches("(?s)\\s*\\{\\s*\"answer\"\\s*:\\s*\\d+\\s*}\\s*");
    }

    @Test
    void stopsTheServerWhenAStreamIsCancelled() throws InterruptedException {
        StreamRecorder stream = new StreamRecorder();
        provider.streamingChatModel(model("slow")).chat(request("Tell me a long story"), stream);
        assertThat(stream.awaitPieces(2, LIMIT)).isTrue();

        stream.cancel();

        assertThat(stream.awaitTerminals(1, Duration.ofMillis(300)))
                .as("signal after a cancel")
                .isFalse();
    }

    private ModelSettings model(String name) {
        return builder(name).build();
    }

    private ModelSettings.Builder builder(String name) {
        return ModelSettings.builder(new ModelId("ollama", name))
                .timeout(LIMIT)
                .environment(variable -> variable.equals("OLLAMA_HOST") ? server.toString() : null);
    }

    private static ChatRequest request(String text) {
        return ChatRequest.builder().messages(UserMessage.from(text)).build();
    }
}

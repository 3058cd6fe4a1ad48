package dev.melancia.provider.huggingface;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.output.TokenUsage;
import dev.melancia.cost.TokenCounts;
import dev.melancia.provider.ChatModelProviders;
import dev.melancia.provider.ModelId;
import dev.melancia.provider.ModelSettings;
import dev.melancia.provider.Secret;
import dev.melancia.testkit.LoopbackServer;
import dev.melancia.testkit.Reply;
import dev.melancia.testkit.StreamRecorder;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the provider makes of the usage in real answers, whole and streamed. */
class HuggingFaceProviderTokensTest {

    private static final ModelId MODEL = ModelId.of("huggingface/org/model");
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final ChatModelProviders providers = ChatModelProviders.of(new HuggingFaceProvider());

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            "prompt_tokens_details": {"cached_tokens": 1920}, "completion_tokens_details": {"reasoning_tokens": 40} | 1920 | 40
            "prompt_tokens_details": {"cached_tokens": 0}, "completion_tokens_details": {"reasoning_tokens": 0}     | 0    | 0
            "prompt_tokens_details": {"cached_tokens": 128}                                                         | 128  | -1
            "completion_tokens_details": {"reasoning_tokens": 7}                                                    | -1   | 7
            "prompt_tokens_details": {"audio_tokens": 0}, "completion_tokens_details": {}                           | -1   | -1
            "prompt_tokens_details": null, "completion_tokens_details": null                                        | -1   | -1
            "x_details": {"cached_tokens": 5}                                                                       | -1   | -1
            """)
    void readsTheDetailsOfAWholeAnswerAndOfAStream(String details, int cached, int reasoning)
            throws InterruptedException {
        TokenCounts expected =
                TokenCounts.of(2_006, 300).withCachedInput(cached).withReasoning(reasoning);
        String usage = "{\"prompt_tokens\": 2006, \"completion_tokens\": 300, \"total_tokens\": 2306, " + details + "}";

        assertThat(countedInOnePiece(usage)).isEqualTo(expected);
        assertThat(countedInAStream(usage)).isEqualTo(expected);
    }

    @Test
    void anAnswerWithoutUsageHasNoCounts() throws InterruptedException {
        assertThat(countedInOnePiece("null")).isEqualTo(TokenCounts.unknown());
        assertThat(countedInAStream("null")).isEqualTo(TokenCounts.unknown());
    }

    @Test
    void countsWhatAnotherKindOfUsageSays() {
        assertThat(counted(new TokenUsage(3, 4))).isEqualTo(TokenCounts.of(3, 4));
        assertThat(counted(null)).isEqualTo(TokenCounts.unknown());
        assertThat(counted(OpenAiTokenUsage.builder().outputTokenCount(4).build()))
                .isEqualTo(TokenCounts.of(-1, 4));
    }

    private TokenCounts counted(TokenUsage usage) {
        return reader().apply(ChatResponse.builder()
                .aiMessage(AiMessage.from("yes"))
                .tokenUsage(usage)
                .build());
    }

    private TokenCounts countedInOnePiece(String usage) {
        String json = """
                {"id": "c", "object": "chat.completion", "created": 0, "model": "m", "choices": [{"index": 0,
                 "finish_reason": "stop", "message": {"role": "assistant", "content": "yes"}}], "usage": %s}
                """;
        try (LoopbackServer server =
                LoopbackServer.replying(Reply.of(200, "application/json", json.replace("%s", usage)))) {
            return reader().apply(providers.chatModel(at(server)).chat(request()));
        }
    }

    private TokenCounts countedInAStream(String usage) throws InterruptedException {
        String chunk =
                "data: {\"id\": \"c\", \"object\": \"chat.completion.chunk\", \"created\": 0, \"model\": \"m\", ";
        Reply reply = Reply.streaming("text/event-stream")
                .send(
                        chunk
                                + "\"choices\": [{\"index\": 0, \"delta\": {\"content\": \"yes\"}, \"finish_reason\": null}]}\n\n")
                .send(chunk + "\"choices\": [{\"index\": 0, \"delta\": {}, \"finish_reason\": \"stop\"}]}\n\n")
                .send(chunk + "\"choices\": [], \"usage\": " + usage + "}\n\n")
                .send("data: [DONE]\n\n")
                .end();
        StreamRecorder stream = new StreamRecorder();
        try (LoopbackServer server = LoopbackServer.replying(reply)) {
            providers.streamingChatModel(at(server)).chat(request(), stream);
            assertThat(stream.awaitTerminals(1, LIMIT)).as("terminal signal").isTrue();
            return reader().apply(stream.response().orElseThrow(() -> new AssertionError(stream.terminals())));
        }
    }

    private Function<ChatResponse, TokenCounts> reader() {
        return providers.tokenReader(ModelSettings.of(MODEL));
    }

    private static ChatRequest request() {
        return ChatRequest.builder().messages(UserMessage.from("?")).build();
    }

    private static ModelSettings at(LoopbackServer server) {
        return ModelSettings.builder(MODEL)
                .baseUrl(URI.create(server.address() + "/v1"))
                .apiKey(Secret.of("sk-1"))
                .build();
    }
}

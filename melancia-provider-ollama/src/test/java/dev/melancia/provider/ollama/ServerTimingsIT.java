package dev.melancia.provider.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.provider.ModelId;
import dev.melancia.provider.ModelSettings;
import dev.melancia.provider.ServerTimings;
import dev.melancia.testkit.RealServers;
import dev.melancia.testkit.StreamRecorder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real Ollama says that the first call of a model that was not loaded waited for it, and the second did not. */
class ServerTimingsIT {

    private static final ModelId OTHER = ModelId.of("ollama/other");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** A cold model of some megabytes takes a third of a second, a loaded one a few milliseconds. */
    private static final int LEAST_RATIO = 5;

    private final OllamaProvider provider = new OllamaProvider();
    private ModelSettings settings;

    @BeforeEach
    void unload() throws IOException, InterruptedException {
        URI server = RealServers.require(RealServers.OLLAMA_URL);
        settings = ModelSettings.builder(OTHER).baseUrl(server).timeout(LIMIT).build();
        HttpRequest unload = HttpRequest.newBuilder(server.resolve("/api/generate"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"other\",\"keep_alive\":0}"))
                .build();
        HttpClient http = HttpClient.newHttpClient();
        assertThat(http.send(unload, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        long end = System.nanoTime() + LIMIT.toNanos();
        while (http.send(HttpRequest.newBuilder(server.resolve("/api/ps")).build(), BodyHandlers.ofString())
                .body()
                .contains("\"other")) {
            assertThat(System.nanoTime()).as("time to unload a model").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void tellsAColdCallFromAWarmOne() {
        var model = provider.chatModel(settings);

        assertCold(model.chat(request()), model.chat(request()));
    }

    @Test
    void tellsAColdStreamFromAWarmOne() throws InterruptedException {
        assertCold(streamed(), streamed());
    }

    private static void assertCold(ChatResponse first, ChatResponse second) {
        long cold = load(first);
        assertThat(cold).isPositive();
        assertThat(load(second)).isBetween(0L, cold / LEAST_RATIO);
        assertThat(ServerTimings.of(second).orElseThrow().answerNanos().orElseThrow())
                .isPositive();
    }

    private ChatResponse streamed() throws InterruptedException {
        StreamRecorder stream = new StreamRecorder();
        provider.streamingChatModel(settings).chat(request(), stream);
        assertThat(stream.awaitTerminals(1, LIMIT)).isTrue();
        return stream.response().orElseThrow(() -> new AssertionError(stream.terminals()));
    }

    private static long load(ChatResponse response) {
        return ServerTimings.of(response).orElseThrow().loadNanos().orElseThrow();
    }

    private static ChatRequest request() {
        return ChatRequest.builder().messages(UserMessage.from("Hi")).build();
    }
}

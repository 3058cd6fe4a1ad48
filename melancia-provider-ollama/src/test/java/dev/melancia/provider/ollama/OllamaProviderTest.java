package dev.melancia.provider.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.http.client.HttpClientBuilderLoader;
import dev.melancia.provider.ModelId;
import dev.melancia.provider.ModelSettings;
import dev.melancia.provider.Secret;
import dev.melancia.testkit.LoopbackServer;
import dev.melancia.testkit.Reply;
import dev.melancia.testkit.StreamRecorder;
import dev.melancia.testkit.WireFormat;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OllamaProviderTest {

    private static final WireFormat OLLAMA = WireFormat.ollama();
    private static final Duration SOON = Duration.ofSeconds(5);

    private final OllamaProvider provider = new OllamaProvider();

    @Test
    void worksWithASecondHttpClientModuleOnTheClassPath() {
        assertThatThrownBy(HttpClientBuilderLoader::loadHttpClientBuilder)
                .as("two client modules are there")
                .isInstanceOf(IllegalStateException.class);

        try (LoopbackServer server = LoopbackServer.replying(OLLAMA.answer("yes", null))) {
            assertThat(provider.chatModel(at(server).build()).chat("?")).isEqualTo("yes");
        }
    }

    @Test
    void takesTheAddressOfTheEnvironmentAndNeedsNoKey() {
        try (LoopbackServer server = LoopbackServer.replying(OLLAMA.answer("yes", null))) {
            provider.chatModel(at(server).temperature(0.5).maxOutputTokens(64).build())
                    .chat("?");

            assertThat(server.requests()).singleElement().satisfies(request -> {
                assertThat(request.path()).isEqualTo("/api/chat");
                assertThat(request.header("Authorization")).isEmpty();
                assertThat(request.body())
                        .containsPattern("\"temperature\"\\s*:\\s*0.5")
                        .containsPattern("\"num_predict\"\\s*:\\s*64");
            });
        }
    }

    @Test
    void asksForTheContextWindowOfTheSettingsAndForNoneOtherwise() throws InterruptedException {
        Reply stream = OLLAMA.stream(null, "yes");
        try (LoopbackServer server =
                LoopbackServer.replying(request -> request.asksForStream() ? stream : OLLAMA.answer("yes", null))) {
            StreamRecorder recorder = new StreamRecorder();
            provider.chatModel(at(server).contextWindow(512).build()).chat("?");
            provider.streamingChatModel(at(server).contextWindow(512).build()).chat("?", recorder);
            assertThat(recorder.awaitTerminals(1, SOON)).isTrue();
            provider.chatModel(at(server).build()).chat("?");

            assertThat(server.requests()).hasSize(3);
            assertThat(server.requests().subList(0, 2))
                    .allSatisfy(request -> assertThat(request.body()).containsPattern("\"num_ctx\"\\s*:\\s*512"));
            assertThat(server.requests().get(2).body()).doesNotContain("num_ctx");
        }
    }

    @Test
    void sendsAKeyToAGatewayWhenOneIsGiven() {
        try (LoopbackServer server = LoopbackServer.replying(OLLAMA.answer("yes", null))) {
            provider.chatModel(at(server).apiKey(Secret.of("gateway-key")).build())
                    .chat("?");

            assertThat(server.requests().get(0).header("Authorization")).contains("Bearer gateway-key");
        }
    }

    @Test
    void endsAStreamOnceWhenTheServerReportsAnErrorInTheMiddle() throws InterruptedException {
        Reply reply =
                OLLAMA.pieces("Once ").send("{\"error\":\"unexpected EOF\"}\n").end();
        try (LoopbackServer server = LoopbackServer.replying(reply)) {
            StreamRecorder stream = new StreamRecorder();
            provider.streamingChatModel(at(server).build()).chat("?", stream);

            assertThat(stream.awaitTerminals(1, SOON)).isTrue();
            assertThat(stream.awaitTerminals(2, Duration.ofMillis(100))).isFalse();
            assertThat(stream.pieces()).containsExactly("Once ");
            assertThat(stream.error().orElseThrow()).hasMessageContaining("unexpected EOF");
        }
    }

    @Test
    void takesAStreamWithoutItsLastLineForABrokenOne() throws InterruptedException {
        Reply reply = OLLAMA.pieces("I am \"done\":true", " and so on").end();
        try (LoopbackServer server = LoopbackServer.replying(reply)) {
            StreamRecorder stream = new StreamRecorder();
            provider.streamingChatModel(at(server).build()).chat("?", stream);

            assertThat(stream.awaitTerminals(1, SOON)).isTrue();
            assertThat(stream.error().orElseThrow()).hasMessageContaining("ended before its last event");
        }
    }

    private static ModelSettings.Builder at(LoopbackServer server) {
        String host = server.address().getAuthority();
        return ModelSettings.builder(ModelId.of("ollama/phi3:mini")).environment(Map.of("OLLAMA_HOST", host)::get);
    }
}

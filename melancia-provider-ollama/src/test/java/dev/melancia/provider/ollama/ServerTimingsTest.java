package dev.melancia.provider.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.provider.ChatModelProviders;
import dev.melancia.provider.ModelId;
import dev.melancia.provider.ModelSettings;
import dev.melancia.provider.ServerTimings;
import dev.melancia.router.ModelRouter;
import dev.melancia.routing.Candidate;
import dev.melancia.testkit.LoopbackServer;
import dev.melancia.testkit.RecordedRequest;
import dev.melancia.testkit.Reply;
import dev.melancia.testkit.StreamRecorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What Ollama says of its time reaches the caller whose call it was. */
class ServerTimingsTest {

    private static final ModelId PHI3 = ModelId.of("ollama/phi3:mini");
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Pattern ASKED = Pattern.compile("question (\\d+)");
    private static final String TIMES = "\"total_duration\":9,\"load_duration\":283928768,\"prompt_eval_count\":10,"
            + "\"prompt_eval_duration\":3842840,\"eval_count\":11,\"eval_duration\":695748363";

    @Test
    void saysWhatTheServerSaid() {
        try (LoopbackServer server = LoopbackServer.replying(answer("yes", TIMES))) {
            ChatResponse response = model(server).chat(request("?"));

            ServerTimings timings = ServerTimings.of(response).orElseThrow();
            assertThat(timings.loadNanos()).hasValue(283_928_768);
            assertThat(timings.promptNanos()).hasValue(3_842_840);
            assertThat(timings.answerNanos()).hasValue(695_748_363);
            assertThat(response.aiMessage().text()).isEqualTo("yes");
            assertThat(response.modelName()).isEqualTo("scripted");
            assertThat(response.tokenUsage().inputTokenCount()).isEqualTo(10);
        }
    }

    @Test
    void saysItOfAStreamToo() throws InterruptedException {
        try (LoopbackServer server = LoopbackServer.replying(stream("yes", TIMES))) {
            ChatResponse response = streamed(streaming(server), "?");

            assertThat(response.aiMessage().text()).isEqualTo("yes");
            assertThat(ServerTimings.of(response).orElseThrow().loadNanos()).hasValue(283_928_768);
            assertThat(ServerTimings.of(response).orElseThrow().answerNanos()).hasValue(695_748_363);
        }
    }

    @Test
    void guessesNothingThatTheServerLeftOut() throws InterruptedException {
        Reply none = answer("yes", "\"eval_count\":11");
        try (LoopbackServer server = LoopbackServer.replying(
                request -> request.asksForStream() ? stream("yes", "\"eval_count\":11") : none)) {
            assertThat(ServerTimings.of(model(server).chat(request("?")))).isEmpty();
            assertThat(ServerTimings.of(streamed(streaming(server), "?"))).isEmpty();
        }
        try (LoopbackServer server = LoopbackServer.replying(answer("yes", "\"load_duration\":5"))) {
            ServerTimings timings =
                    ServerTimings.of(model(server).chat(request("?"))).orElseThrow();
            assertThat(timings.loadNanos()).hasValue(5);
            assertThat(timings.promptNanos()).isEmpty();
            assertThat(timings.answerNanos()).isEmpty();
        }
    }

    @Test
    void tellsCallsAtOnceApart() throws Exception {
        try (LoopbackServer server = LoopbackServer.replying(ServerTimingsTest::echo)) {
            ChatModel model = model(server);
            StreamingChatModel streaming = streaming(server);
            List<Callable<Long>> calls = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                String text = "question " + (1_000 + i);
                calls.add(i % 2 == 0 ? () -> load(model.chat(request(text))) : () -> load(streamed(streaming, text)));
            }
            ExecutorService callers = Executors.newFixedThreadPool(16);
            try {
                List<Future<Long>> loads = callers.invokeAll(calls);
                for (int i = 0; i < loads.size(); i++) {
                    assertThat(loads.get(i).get()).isEqualTo(1_000 + i);
                }
            } finally {
                callers.shutdownNow();
            }
        }
    }

    @Test
    void survivesARouterAndIsSeenByTheModelsOwnListeners() throws InterruptedException {
        List<ChatResponse> heard = new CopyOnWriteArrayList<>();
        ChatModelListener listener = new ChatModelListener() {
            @Override
            public void onResponse(ChatModelResponseContext context) {
                heard.add(context.chatResponse());
            }
        };
        try (LoopbackServer server = LoopbackServer.replying(ServerTimingsTest::echo);
                ModelRouter router = ModelRouter.builder()
                        .model(
                                Candidate.builder(PHI3).build(),
                                settings(server).listeners(List.of(listener)).build(),
                                ChatModelProviders.of(new OllamaProvider()))
                        .build()) {
            assertThat(load(router.chatModel().chat(request("question 77")))).isEqualTo(77);
            assertThat(load(streamed(router.streamingChatModel(), "question 78")))
                    .isEqualTo(78);
            assertThat(heard).extracting(ServerTimingsTest::load).containsExactly(77L, 78L);
        }
    }

    @Test
    void metadataThatIsBuiltOnKeepsThem() {
        try (LoopbackServer server = LoopbackServer.replying(answer("yes", TIMES))) {
            ChatResponse response = model(server).chat(request("?"));
            var rebuilt = response.metadata().toBuilder().build();

            assertThat(rebuilt).isEqualTo(response.metadata()).hasSameHashCodeAs(response.metadata());
            assertThat(((ServerTimings) rebuilt).loadNanos()).hasValue(283_928_768);
            assertThat(rebuilt.finishReason()).isEqualTo(response.finishReason());
        }
    }

    private static Reply echo(RecordedRequest request) {
        Matcher asked = ASKED.matcher(request.body());
        if (!asked.find()) {
            throw new AssertionError("no number in the question");
        }
        String load = "\"load_duration\":" + asked.group(1);
        return request.asksForStream() ? stream("yes", load) : answer("yes", load);
    }

    private static long load(ChatResponse response) {
        return ServerTimings.of(response).orElseThrow().loadNanos().orElseThrow();
    }

    private static ChatResponse streamed(StreamingChatModel model, String text) throws InterruptedException {
        StreamRecorder recorder = new StreamRecorder();
        model.chat(request(text), recorder);
        assertThat(recorder.awaitTerminals(1, SOON)).isTrue();
        return recorder.response().orElseThrow(() -> new AssertionError(recorder.terminals()));
    }

    private static Reply answer(String text, String fields) {
        return Reply.of(200, "application/json", line(text, fields));
    }

    private static Reply stream(String text, String fields) {
        return Reply.streaming("application/x-ndjson")
                .send("{\"model\":\"scripted\",\"message\":{\"role\":\"assistant\",\"content\":\"" + text
                        + "\"},\"done\":false}\n")
                .send(line("", fields))
                .end();
    }

    private static String line(String text, String fields) {
        return "{\"model\":\"scripted\",\"message\":{\"role\":\"assistant\",\"content\":\"" + text
                + "\"},\"done\":true,\"done_reason\":\"stop\"," + fields + "}\n";
    }

    private static ChatRequest request(String text) {
        return ChatRequest.builder().messages(UserMessage.from(text)).build();
    }

    private static ChatModel model(LoopbackServer server) {
        return new OllamaProvider().chatModel(settings(server).build());
    }

    private static StreamingChatModel streaming(LoopbackServer server) {
        return new OllamaProvider().streamingChatModel(settings(server).build());
    }

    private static ModelSettings.Builder settings(LoopbackServer server) {
        return ModelSettings.builder(PHI3).baseUrl(server.address());
    }
}

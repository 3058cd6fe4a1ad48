package dev.melancia.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.TokenUsage;
import dev.melancia.cache.ResponseCache;
import dev.melancia.call.CallContext;
import dev.melancia.call.CallRecord;
import dev.melancia.call.UserFeedback;
import dev.melancia.call.UserKeys;
import dev.melancia.mlflow.rest.MlflowSettings;
import dev.melancia.mlflow.trace.AssessmentSource;
import dev.melancia.router.ModelRouter;
import dev.melancia.router.ModelRouterBuilder;
import dev.melancia.routing.Candidate;
import dev.melancia.testkit.ScriptedChatModel;
import dev.melancia.testkit.ScriptedStreamingChatModel;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real MLflow server, read back with MLflow's own Python client, which knows nothing of ours. */
class CallTracingIT {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Candidate UNPRICED =
            Candidate.builder("ollama/phi3:mini").tier("local").build();
    private static final String QUESTION = "Qual é o prazo de devolução?";
    private static final String ANSWER = "Trinta dias corridos.";

    @TempDir
    Path folder;

    private final String experiment = "melancia-calls-" + UUID.randomUUID();
    private final List<CallRecord> records = new CopyOnWriteArrayList<>();
    private String server = "";

    @BeforeEach
    void findServer() {
        server = required("MELANCIA_TEST_MLFLOW_URI");
    }

    @Test
    void everyKindOfCallIsSeenByThePythonClient() throws Exception {
        CallTracing tracing = tracing().build();
        kindsOfCalls(tracing);
        tracing.onFeedback(UserFeedback.builder(records.get(0).id(), Instant.now())
                .rating(4)
                .thumbsUp(true)
                .comment("COMMENT")
                .build());
        tracing.score(records.get(0).id(), AssessmentSource.code("language-match"), "language", 0.5);
        tracing.score(records.get(0).id(), AssessmentSource.judge("gpt-4o"), "helpful", 1);
        assertThat(tracing.flush(LIMIT)).isTrue();
        tracing.close();

        JsonNode traces = readBack();
        assertThat(traces).hasSize(5);
        JsonNode fallback = trace(traces, 0);
        assertThat(fallback.path("state").asText()).isEqualTo("OK");
        assertThat(fallback.path("user").asText())
                .isEqualTo(records.get(0).userKey().orElseThrow());
        assertThat(fallback.path("session").asText()).isEqualTo("c-17");
        assertThat(fallback.at("/tokens/input_tokens").asInt()).isEqualTo(1_000);
        assertThat(fallback.at("/tokens/output_tokens").asInt()).isEqualTo(100);
        assertThat(fallback.path("cost"))
                .as("of the failed attempt nobody knows it")
                .isEmpty();
        assertThat(fallback.at("/tags/melancia.tenant").asText()).isEqualTo("acme");
        assertThat(fallback.at("/tags/canal").asText()).isEqualTo("app");
        assertThat(fallback.path("request").isNull()).isTrue();
        assertThat(fallback.path("response").isNull()).isTrue();
        assertThat(names(fallback)).containsExactly("model call", "ollama/phi3:mini", "openai/gpt-4o-mini");
        assertThat(fallback.at("/spans/0/type").asText()).isEqualTo("CHAIN");
        assertThat(fallback.at("/spans/1/type").asText()).isEqualTo("CHAT_MODEL");
        assertThat(fallback.at("/spans/1/status").asText()).contains("ERROR");
        assertThat(fallback.at("/spans/2/attributes/melancia.cost_usd").asText())
                .isEqualTo("0.000210000000");
        assertThat(fallback.path("assessments"))
                .extracting(
                        said -> said.path("name").asText(),
                        said -> said.path("source_type").asText(),
                        said -> said.path("value").asText())
                .containsExactlyInAnyOrder(
                        tuple("user_rating", "HUMAN", "4.0"),
                        tuple("user_thumbs_up", "HUMAN", "true"),
                        tuple("language", "CODE", "0.5"),
                        tuple("helpful", "LLM_JUDGE", "1.0"));

        JsonNode answered = trace(traces, 1);
        assertThat(answered.at("/cost/total_cost").asDouble()).isEqualTo(0.00021);
        assertThat(answered.at("/cost/input_cost").asDouble()).isEqualTo(0.00015);
        assertThat(answered.at("/cost/output_cost").asDouble()).isEqualTo(0.00006);
        JsonNode hit = trace(traces, 2);
        assertThat(hit.at("/tags/melancia.cache_hit").asText()).isEqualTo("true");
        assertThat(hit.at("/cost/total_cost").asDouble(-1)).isZero();
        assertThat(names(hit)).containsExactly("model call");
        JsonNode streamed = trace(traces, 3);
        assertThat(streamed.at("/spans/0/attributes/melancia.streaming").asBoolean())
                .isTrue();
        assertThat(streamed.at("/spans/1/events/0/name").asText()).isEqualTo("first token");
        JsonNode failed = trace(traces, 4);
        assertThat(failed.path("state").asText()).isEqualTo("ERROR");
        assertThat(WrittenTraces.bytes(folder) + traces)
                .doesNotContain("COMMENT", "SECRET", QUESTION, ANSWER, "maria@example.com");
    }

    @Test
    void previewsAndMessagesAreThereWhenContentIsOn() throws Exception {
        CallTracing tracing = tracing().content(10_000).build();
        kindsOfCalls(tracing);
        assertThat(tracing.flush(LIMIT)).isTrue();
        tracing.close();

        JsonNode traces = readBack();
        JsonNode answered = trace(traces, 1);
        assertThat(answered.path("request").asText()).contains(QUESTION);
        assertThat(answered.path("response").asText()).contains(ANSWER);
        assertThat(answered.at("/spans/1/inputs/messages/0/content").asText()).isEqualTo(QUESTION);
        assertThat(answered.at("/spans/1/outputs/choices/0/message/content").asText())
                .isEqualTo(ANSWER);
        assertThat(trace(traces, 2).path("response").asText()).contains(ANSWER);
        assertThat(trace(traces, 3).path("response").asText()).contains(ANSWER);
        assertThat(trace(traces, 4).path("request").asText()).contains(QUESTION);
        assertThat(trace(traces, 4).path("response").isNull()).isTrue();
        assertThat(traces.toString()).doesNotContain("SECRET");
    }

    @Test
    void aThousandCallsArriveWithTheirCountsRight() throws Exception {
        CallTracing tracing = tracing().build();
        try (ModelRouter router = router(tracing)
                .model(CallTracingTest.PAID, ScriptedChatModel.answering(ANSWER).withTokenUsage(new TokenUsage(10, 3)))
                .build()) {
            for (int i = 0; i < 1_000; i++) {
                router.chatModel(caller()).chat("pergunta " + i);
            }
        }
        assertThat(tracing.flush(LIMIT)).isTrue();
        assertThat(tracing.dropped()).isZero();
        tracing.close();
        JsonNode traces = readBack();
        assertThat(traces).hasSize(1_000);
        int tokens = 0;
        for (JsonNode trace : traces) {
            tokens += trace.at("/tokens/total_tokens").asInt();
            assertThat(trace.path("state").asText()).isEqualTo("OK");
            assertThat(trace.at("/cost/total_cost").asDouble()).isEqualTo(0.0000033);
        }
        assertThat(tokens).isEqualTo(13_000);
    }

    /** A fallback, an answer, a cache hit, a stream and a failure, in this order. */
    private void kindsOfCalls(CallTracing tracing) throws Exception {
        TokenUsage usage = new TokenUsage(1_000, 100);
        try (ModelRouter router = router(tracing)
                .model(UNPRICED, ScriptedChatModel.failing(new InternalServerException("SECRET")))
                .model(CallTracingTest.PAID, ScriptedChatModel.answering(ANSWER).withTokenUsage(usage))
                .build()) {
            router.chatModel(caller()).chat(QUESTION);
        }
        try (ModelRouter router = router(tracing)
                .model(
                        CallTracingTest.PAID,
                        ScriptedChatModel.answering(ANSWER).withTokenUsage(usage),
                        ScriptedStreamingChatModel.answering("Trinta ", "dias corridos.")
                                .withTokenUsage(usage))
                .cache(ResponseCache.caffeine())
                .build()) {
            router.chatModel(caller()).chat(QUESTION);
            router.chatModel(caller()).chat(QUESTION);
            stream(router);
        }
        try (ModelRouter router = router(tracing)
                .model(CallTracingTest.PAID, ScriptedChatModel.failing(new InternalServerException("SECRET")))
                .build()) {
            router.chatModel(caller()).chat(QUESTION);
        } catch (InternalServerException expected) {
            assertThat(records).hasSize(5);
        }
    }

    private static void stream(ModelRouter router) throws Exception {
        CompletableFuture<ChatResponse> end = new CompletableFuture<>();
        ChatRequest request = ChatRequest.builder()
                .messages(UserMessage.from(QUESTION + " Em pedaços."))
                .build();
        router.streamingChatModel(caller()).chat(request, new StreamingChatResponseHandler() {
            @Override
            public void onCompleteResponse(ChatResponse response) {
                end.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                end.completeExceptionally(error);
            }
        });
        end.get(1, TimeUnit.MINUTES);
    }

    private static CallContext caller() {
        return CallContext.builder()
                .userId("maria@example.com")
                .tenant("acme")
                .conversationId("c-17")
                .promptVersion("answer@3")
                .tag("canal", "app")
                .build();
    }

    private CallTracing.Builder tracing() {
        MlflowSettings settings = MlflowSettings.builder(URI.create(server)).build();
        return CallTracing.builder(folder).experiment(experiment).mlflow(settings);
    }

    private ModelRouterBuilder router(CallTracing tracing) {
        return ModelRouter.builder()
                .userKeys(UserKeys.withKey(new byte[16]))
                .listener(records::add)
                .listener(tracing)
                .chatModelListener(tracing.contentListener());
    }

    private JsonNode trace(JsonNode traces, int call) {
        String id = "tr-" + CallTracing.traceId(records.get(call).id());
        return StreamSupport.stream(traces.spliterator(), false)
                .filter(trace -> trace.path("id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(JsonNode trace) {
        return StreamSupport.stream(trace.path("spans").spliterator(), false)
                .map(span -> span.path("name").asText())
                .toList();
    }

    private JsonNode readBack() throws IOException, InterruptedException {
        Path said = Files.createTempFile("read-back", ".json");
        Path complained = Files.createTempFile("read-back", ".txt");
        String script =
                Path.of(required("MELANCIA_TEST_SERVERS"), "read-back.py").toString();
        ProcessBuilder python = new ProcessBuilder(
                        required("MELANCIA_TEST_PYTHON"), "-B", script, server, "--experiment=" + experiment)
                .redirectOutput(said.toFile())
                .redirectError(complained.toFile());
        python.environment().keySet().retainAll(Set.of("HOME", "LANG"));
        Process reader = python.start();
        assertThat(reader.waitFor(3, TimeUnit.MINUTES)).isTrue();
        assertThat(reader.exitValue()).as(Files.readString(complained)).isZero();
        JsonNode traces = MAPPER.readTree(said.toFile()).path("traces");
        Files.delete(said);
        Files.delete(complained);
        return traces;
    }

    private static String required(String variable) {
        String value = System.getenv().getOrDefault(variable, "");
        if (value.isEmpty() && "true".equals(System.getenv("CI"))) {
            return fail(variable + " must be set where CI is true");
        }
        return value.isEmpty() ? abort(variable + " is not set") : value;
    }
}

package dev.melancia.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import dev.melancia.provider.ModelSettings;
import dev.melancia.provider.ProviderConfigurationException;
import dev.melancia.provider.Secret;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Configuration, and calls that are answered in one piece, well or badly. */
abstract class HttpCallContract extends HttpFixture {

    private static final int PARALLEL = 8;
    private static final Pattern NUMBERED = Pattern.compile("question (\\d+)");

    static Stream<Arguments> statuses() {
        return Stream.of(
                arguments(400, InvalidRequestException.class),
                arguments(401, AuthenticationException.class),
                arguments(403, AuthenticationException.class),
                arguments(404, ModelNotFoundException.class),
                arguments(408, TimeoutException.class),
                arguments(413, InvalidRequestException.class),
                arguments(429, RateLimitException.class),
                arguments(500, InternalServerException.class),
                arguments(503, InternalServerException.class),
                arguments(504, InternalServerException.class));
    }

    @Test
    public final void namesTheVariableOfAMissingKey() {
        String variable = requiredKeyVariable();
        ModelSettings settings = ModelSettings.builder(modelId())
                .environment(name -> name.equals(variable) ? " " : null)
                .build();

        assertThatThrownBy(() -> provider().chatModel(settings))
                .isInstanceOfSatisfying(
                        ProviderConfigurationException.class,
                        e -> assertThat(e.setting()).isEqualTo(variable))
                .hasMessageContaining(variable);
    }

    @Test
    public final void refusesAKeyThatCannotBeSentAndDoesNotShowIt() {
        ModelSettings settings =
                answeringModel().apiKey(Secret.of(KEY + "\n" + KEY)).build();

        assertThatThrownBy(() -> provider().chatModel(settings))
                .isInstanceOf(ProviderConfigurationException.class)
                .hasMessageNotContaining(KEY);
    }

    @Test
    public final void sendsTheKeyOfTheEnvironmentUnlessTheSettingsHaveOne() {
        requiredKeyVariable();
        try (LoopbackServer server = LoopbackServer.replying(wireFormat().answer("yes", USAGE))) {
            provider().chatModel(model(server).build()).chat("?");
            provider()
                    .chatModel(model(server).apiKey(Secret.of("sk-explicit")).build())
                    .chat("?");

            assertThat(server.requests().get(0).headers()).containsValue("Bearer " + KEY);
            assertThat(server.requests().get(1).headers()).containsValue("Bearer sk-explicit");
        }
    }

    @Test
    public final void asksForTheModelByTheNameAfterTheSlash() {
        try (LoopbackServer server = LoopbackServer.replying(wireFormat().answer("yes", USAGE))) {
            provider().chatModel(model(server).build()).chat("?");

            assertThat(server.requests().get(0).body()).containsPattern("\"model\"\\s*:\\s*\"scripted\"");
        }
    }

    @Test
    public final void reportsTheTokensOfTheServer() {
        TokenUsage usage = provider()
                .chatModel(answeringModel().build())
                .chat(question("?"))
                .tokenUsage();

        assertThat(usage.inputTokenCount()).isEqualTo(USAGE.inputTokenCount());
        assertThat(usage.outputTokenCount()).isEqualTo(USAGE.outputTokenCount());
    }

    @Test
    public final void reportsUnknownTokensAsUnknown() {
        try (LoopbackServer server = LoopbackServer.replying(wireFormat().answer("yes", null))) {
            ChatResponse response = provider().chatModel(model(server).build()).chat(question("?"));

            assertUnknown(response.tokenUsage());
        }
    }

    @ParameterizedTest
    @MethodSource("statuses")
    public final void signalsAStatusWithLangchain4jsExceptionAfterOneRequest(int status, Class<?> expected) {
        try (LoopbackServer server = LoopbackServer.replying(wireFormat().error(status, "scripted"))) {
            CallCounter calls = new CallCounter();
            ChatModel model =
                    provider().chatModel(model(server).listeners(List.of(calls)).build());

            Throwable error = catchThrowable(() -> model.chat("?"));

            assertThat(error).isInstanceOf(expected);
            assertThat(statusOf(error)).contains(status);
            assertThat(server.requests()).hasSize(1);
            assertThat(calls.counts()).isEqualTo("1 requests, 0 responses, 1 errors");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503, 529})
    public final void saysWhenTheServerWantsToBeAskedAgain(int status) {
        Reply busy = wireFormat().error(status, "scripted").header("Retry-After", "7");
        try (LoopbackServer server = LoopbackServer.replying(busy)) {
            ChatModel model = provider().chatModel(model(server).build());

            Throwable error = catchThrowable(() -> model.chat("?"));

            assertThat(retryAfterOf(error)).contains(Duration.ofSeconds(7));
            assertThat(statusOf(error)).contains(status);
        }
    }

    @Test
    public final void doesNotGuessWhenTheServerDoesNotSay() {
        try (LoopbackServer server = LoopbackServer.replying(wireFormat().error(429, "scripted"))) {
            ChatModel model = provider().chatModel(model(server).build());

            assertThat(retryAfterOf(catchThrowable(() -> model.chat("?")))).isEmpty();
        }
    }

    @Test
    public final void timesOutWhenNothingComes() throws InterruptedException {
        timesOut(Reply.silence());
    }

    @Test
    public final void timesOutWhenAnAnswerStallsInTheMiddle() throws InterruptedException {
        timesOut(Reply.streaming(Json.TYPE).send("{").stall());
    }

    @Test
    public final void signalsARefusedConnection() {
        ChatModel model =
                provider().chatModel(model(LoopbackServer.refusingAddress()).build());

        assertThat(causes(catchThrowable(() -> model.chat("?")))).hasAtLeastOneElementOfType(ConnectException.class);
    }

    @Test
    public final void signalsAConnectionThatBreaksBeforeTheAnswer() {
        failsOn(Reply.hangUp());
    }

    @Test
    public final void signalsAnAnswerThatIsNotOfItsFormat() {
        failsOn(Reply.of(200, "text/html", "<html><body>Please sign in</body></html>"));
        failsOn(Reply.of(200, Json.TYPE, ""));
    }

    @Test
    public final void givesEachOfManyParallelCallsItsOwnAnswer() throws Exception {
        CyclicBarrier allThere = new CyclicBarrier(PARALLEL);
        ExecutorService callers = Executors.newFixedThreadPool(PARALLEL);
        try (LoopbackServer server = LoopbackServer.replying(request -> numbered(request, allThere))) {
            ChatModel model = provider().chatModel(model(server).build());
            List<Callable<String>> questions = IntStream.range(0, PARALLEL)
                    .mapToObj(i -> (Callable<String>) () -> model.chat("question " + i))
                    .toList();

            List<Future<String>> answers = callers.invokeAll(questions, SOON.toSeconds(), TimeUnit.SECONDS);

            for (int i = 0; i < PARALLEL; i++) {
                assertThat(answers.get(i).get()).isEqualTo("answer " + i);
            }
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    public final void sendsNothingWhereStreamingIsNotDeclared() {
        try (LoopbackServer server = LoopbackServer.replying(wireFormat().answer("yes", USAGE))) {
            ModelSettings settings = model(server).capabilities(Set.of()).build();

            assertThatThrownBy(() -> streaming(settings)).isInstanceOf(ProviderConfigurationException.class);
            assertThat(server.requests()).isEmpty();
        }
    }

    /** Null, or counts that are null: never zero. */
    static void assertUnknown(@Nullable TokenUsage usage) {
        if (usage != null) {
            assertThat(usage.inputTokenCount()).as("input tokens").isNull();
            assertThat(usage.outputTokenCount()).as("output tokens").isNull();
        }
    }

    private String requiredKeyVariable() {
        assumeTrue(keyVariable().isPresent(), () -> expectedId() + " needs no key");
        return keyVariable().orElseThrow();
    }

    private Reply numbered(RecordedRequest request, CyclicBarrier allThere) {
        Matcher question = NUMBERED.matcher(request.body());
        if (!question.find()) {
            return wireFormat().error(400, "no question in " + request);
        }
        try {
            allThere.await(SOON.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            return wireFormat().error(500, "the calls were not parallel: " + e);
        }
        return wireFormat().answer("answer " + question.group(1), USAGE);
    }

    private void timesOut(Reply reply) throws InterruptedException {
        try (LoopbackServer server = LoopbackServer.replying(reply)) {
            ChatModel model =
                    provider().chatModel(model(server).timeout(millis(300)).build());

            assertTimeoutPreemptively(
                    SOON, () -> assertThatThrownBy(() -> model.chat("?")).isInstanceOf(TimeoutException.class));
            assertThat(server.awaitHangUp(SOON)).as("connection given up").isTrue();
            assertThat(server.requests()).hasSize(1);
        }
    }

    private void failsOn(Reply reply) {
        try (LoopbackServer server = LoopbackServer.replying(reply)) {
            ChatModel model = provider().chatModel(model(server).build());

            assertThatThrownBy(() -> model.chat("?")).isInstanceOf(RuntimeException.class);
        }
    }
}

package dev.melancia.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.output.TokenUsage;
import dev.melancia.cache.ResponseCache;
import dev.melancia.call.CallContext;
import dev.melancia.call.CallId;
import dev.melancia.call.CallRecord;
import dev.melancia.call.Outcome;
import dev.melancia.call.UserFeedback;
import dev.melancia.call.UserKeys;
import dev.melancia.cost.TokenPrice;
import dev.melancia.experiment.ExperimentTracker;
import dev.melancia.experiment.Run;
import dev.melancia.journal.Journal;
import dev.melancia.mlflow.trace.AssessmentSource;
import dev.melancia.router.ModelRouter;
import dev.melancia.router.ModelRouterBuilder;
import dev.melancia.routing.Candidate;
import dev.melancia.testkit.ScriptedChatModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallTracingTest {

    static final Candidate LOCAL = Candidate.builder("ollama/phi3:mini")
            .tier("local")
            .price(TokenPrice.free())
            .build();
    static final Candidate PAID = Candidate.builder("openai/gpt-4o-mini")
            .tier("paid")
            .price(TokenPrice.usdPerMillionTokens("0.15", "0.60"))
            .build();
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456Z");
    private static final CallContext CALLER = CallContext.builder()
            .userId("maria@example.com")
            .tenant("acme")
            .tier("gold")
            .conversationId("c-17")
            .promptVersion("answer@3")
            .tag("canal/app", "ios")
            .build();

    @TempDir
    Path folder;

    private final List<CallRecord> records = new ArrayList<>();

    @Test
    void aCallIsOneTraceWithItsAttemptsBelowIt() throws IOException {
        CallTracing tracing = CallTracing.builder(folder).build();
        try (ModelRouter router = router(tracing)
                .model(LOCAL, ScriptedChatModel.failing(new RateLimitException("PROMPT-MARKER")))
                .model(PAID, ScriptedChatModel.answering("Oi!").withTokenUsage(new TokenUsage(1_000, 100)))
                .build()) {
            router.chatModel(CALLER).chat("Olá");
        }
        tracing.close();
        WrittenTraces written = WrittenTraces.in(folder);
        CallRecord record = records.get(0);
        assertThat(written.traces()).singleElement().satisfies(event -> {
            assertThat(event.target().traceId())
                    .isEqualTo(CallTracing.traceId(record.id()))
                    .isEqualTo(record.id().toString().replace("-", ""));
            assertThat(event.target().experiment()).isEqualTo("production");
        });
        assertThat(written.spans(0)).hasSize(3);
        assertThat(written.attributes(0, 0))
                .containsEntry("mlflow.spanType", "CHAIN")
                .containsEntry("user.id", record.userKey().orElseThrow())
                .containsEntry("session.id", "c-17")
                .containsEntry("mlflow.traceTag.melancia.tenant", "acme")
                .containsEntry("mlflow.traceTag.melancia.tier", "gold")
                .containsEntry("mlflow.traceTag.canal_app", "ios")
                .containsEntry("mlflow.linkedPrompts", "[{\"name\":\"answer\",\"version\":\"3\"}]")
                .containsEntry("melancia.outcome", "ANSWERED")
                .containsEntry("melancia.fell_back", "true")
                .containsEntry("melancia.assigned", "ollama/phi3:mini")
                .containsEntry("melancia.answered_by", "openai/gpt-4o-mini")
                .containsEntry("melancia.candidates", "ollama/phi3:mini, openai/gpt-4o-mini")
                .containsEntry("melancia.cost_usd", "0.000210000000")
                .containsKey("melancia.reason");
        assertThat(written.spans(0).get(1).at("/status/code").asInt()).isEqualTo(2);
        assertThat(written.spans(0).get(1).at("/status/message").asText())
                .isEqualTo("RATE_LIMITED (RateLimitException)");
        assertThat(written.attributes(0, 2))
                .containsEntry("mlflow.spanType", "CHAT_MODEL")
                .containsEntry("gen_ai.request.model", "gpt-4o-mini")
                .containsEntry("gen_ai.provider.name", "openai")
                .containsEntry("gen_ai.usage.input_tokens", "1000")
                .containsEntry("gen_ai.usage.output_tokens", "100")
                .containsEntry("melancia.cost_usd", "0.000210000000")
                .hasEntrySatisfying(
                        "mlflow.llm.cost",
                        parts -> assertThat(parts).contains("\"1.5E-4\"", "\"6.0E-5\"", "\"2.1E-4\""));
        JsonNode parent = written.spans(0).get(2).path("parentSpanId");
        assertThat(parent).isEqualTo(written.spans(0).get(0).path("spanId"));
    }

    @Test
    void withoutContentNoWordOfAnybodyIsInTheJournal() throws IOException {
        CallTracing tracing = CallTracing.builder(folder).build();
        try (ModelRouter router = router(tracing)
                .model(LOCAL, ScriptedChatModel.failing(new InternalServerException("KEY-MARKER")))
                .model(PAID, ScriptedChatModel.answering("ANSWER-MARKER"))
                .chatModelListener(tracing.contentListener())
                .build()) {
            router.chatModel(CALLER).chat("QUESTION-MARKER");
            router.feedback(UserFeedback.builder(records.get(0).id(), NOW)
                    .rating(2)
                    .comment("COMMENT-MARKER")
                    .build());
        }
        tracing.close();
        String bytes = WrittenTraces.bytes(folder);
        assertThat(bytes).contains("user_rating").doesNotContain("-MARKER").doesNotContain("maria@example.com");
    }

    @Test
    void contentIsJoinedOnRequestAndEachCallIsWrittenOnce() throws IOException {
        CallTracing tracing =
                CallTracing.builder(folder).content(10_000).comments().build();
        try (ModelRouter router = router(tracing)
                .model(
                        PAID,
                        ScriptedChatModel.answering(request -> "Resposta a "
                                + request.messages().get(request.messages().size() - 1)))
                .chatModelListener(tracing.contentListener())
                .build()) {
            for (int i = 0; i < 50; i++) {
                router.chatModel(CALLER).chat("pergunta " + i);
            }
            router.feedback(UserFeedback.builder(records.get(0).id(), NOW)
                    .comment("bom")
                    .build());
        }
        assertThat(tracing.flush(LIMIT)).isTrue();
        tracing.close();
        WrittenTraces written = WrittenTraces.in(folder);
        assertThat(written.traces()).hasSize(50);
        for (int i = 0; i < 50; i++) {
            assertThat(written.attributes(i, 0))
                    .containsEntry("mlflow.spanInputs", "pergunta " + i)
                    .hasEntrySatisfying(
                            "mlflow.spanOutputs", answer -> assertThat(answer).startsWith("Resposta a"));
            assertThat(written.attributes(i, 1))
                    .containsEntry(
                            "mlflow.spanInputs",
                            "{\"messages\":[{\"role\":\"user\",\"content\":\"pergunta " + i + "\"}]}")
                    .containsEntry("mlflow.message.format", "openai");
        }
        assertThat(written.assessments())
                .singleElement()
                .satisfies(
                        said -> assertThat(said.at("/feedback/value").asText()).isEqualTo("bom"));
        assertThat(tracing.dropped()).isZero();
        assertThat(tracing.contentDropped()).isZero();
    }

    @Test
    void aCallWhoseTextsNeverComeIsWrittenAllTheSame() throws IOException {
        CallTracing tracing = CallTracing.builder(folder).content(100).build();
        tracing.onCall(record(1, Outcome.REJECTED));
        assertThat(tracing.flush(LIMIT)).isTrue();
        assertThat(WrittenTraces.in(folder).traces()).hasSize(1);
        tracing.close();
        assertThat(WrittenTraces.in(folder)
                        .spans(0)
                        .get(0)
                        .at("/status/message")
                        .asText())
                .isEqualTo("REJECTED");
    }

    @Test
    void aCacheHitIsMarkedAndCostsNothing() throws IOException {
        CallTracing tracing = CallTracing.builder(folder).build();
        try (ModelRouter router = router(tracing)
                .model(PAID, ScriptedChatModel.answering("Oi!").withTokenUsage(new TokenUsage(1_000, 100)))
                .cache(ResponseCache.caffeine())
                .build()) {
            router.chatModel(CALLER).chat("Olá");
            router.chatModel(CALLER).chat("Olá");
        }
        tracing.close();
        assertThat(WrittenTraces.in(folder).attributes(1, 0))
                .containsEntry("melancia.cache_hit", "true")
                .containsEntry("mlflow.traceTag.melancia.cache_hit", "true")
                .containsEntry("melancia.cost_usd", "0.000000000000")
                .containsEntry("melancia.saved_cost_usd", "0.000210000000");
        assertThat(WrittenTraces.in(folder).spans(1)).hasSize(1);
    }

    @Test
    void samplingIsDecidedByTheCallsIdSoThatFeedbackFollowsItsCall() throws IOException {
        CallTracing tracing = CallTracing.builder(folder).sampling(0.3).build();
        CallTracing elsewhere =
                CallTracing.builder(folder.resolve("other")).sampling(0.3).build();
        for (int i = 0; i < 2_000; i++) {
            CallRecord record = record(i, Outcome.ANSWERED);
            tracing.onCall(record);
            elsewhere.onFeedback(
                    UserFeedback.builder(record.id(), NOW).thumbsUp(true).build());
        }
        tracing.close();
        elsewhere.close();
        Set<String> traced = new HashSet<>();
        WrittenTraces.in(folder)
                .traces()
                .forEach(event -> traced.add(event.target().traceId()));
        Set<String> assessed = new HashSet<>();
        WrittenTraces.in(folder.resolve("other"))
                .events()
                .forEach(event -> assessed.add(event.target().traceId()));
        assertThat(traced.size()).isBetween(500, 700);
        assertThat(assessed).isEqualTo(traced);
    }

    @Test
    void failuresAreKeptWhateverTheSamplingSaysWhenAskedFor() {
        CallTracing tracing =
                CallTracing.builder(folder).sampling(0).keepFailures().build();
        tracing.onCall(record(1, Outcome.ANSWERED));
        tracing.onCall(record(2, Outcome.TIMEOUT));
        tracing.onCall(record(3, Outcome.CANCELLED));
        tracing.close();
        assertThat(WrittenTraces.in(folder).traces())
                .extracting(event -> event.target().traceId())
                .containsExactly(CallTracing.traceId(record(2, Outcome.TIMEOUT).id()));
    }

    @Test
    void feedbackAndScoresFindTheTraceOfTheirCallAndAreKeptOnce() throws IOException {
        CallTracing tracing = CallTracing.builder(folder).build();
        CallId call = record(1, Outcome.ANSWERED).id();
        UserFeedback feedback =
                UserFeedback.builder(call, NOW).rating(4).thumbsUp(true).build();
        tracing.onFeedback(feedback);
        tracing.onFeedback(feedback);
        tracing.score(call, AssessmentSource.code("language-match"), "language", 0.5);
        tracing.score(call, AssessmentSource.judge("gpt-4o"), "helpful", 1);
        tracing.close();
        WrittenTraces written = WrittenTraces.in(folder);
        assertThat(written.events())
                .allSatisfy(event -> assertThat(event.target().traceId()).isEqualTo(CallTracing.traceId(call)));
        assertThat(written.assessments())
                .extracting(
                        said -> said.path("assessment_name").asText(),
                        said -> said.at("/source/source_type").asText(),
                        said -> said.at("/feedback/value").asText())
                .containsExactly(
                        tuple("user_rating", "HUMAN", "4.0"),
                        tuple("user_thumbs_up", "HUMAN", "true"),
                        tuple("user_rating", "HUMAN", "4.0"),
                        tuple("user_thumbs_up", "HUMAN", "true"),
                        tuple("language", "CODE", "0.5"),
                        tuple("helpful", "LLM_JUDGE", "1.0"));
        Set<String> ids = new HashSet<>();
        written.assessments().forEach(said -> ids.add(said.path("assessment_id").asText()));
        assertThat(ids).hasSize(4);
    }

    @Test
    void whatCannotBeWrittenIsCountedAndNeverThrown() throws IOException {
        Path file = Files.writeString(folder.resolve("a file"), "not a folder");
        CallTracing tracing = CallTracing.builder(file).build();
        assertThatCode(() -> tracing.onCall(record(1, Outcome.ANSWERED))).doesNotThrowAnyException();
        tracing.flush(LIMIT);
        assertThat(tracing.dropped()).isEqualTo(1);
        tracing.close();
        tracing.onCall(record(2, Outcome.ANSWERED));
        assertThat(tracing.dropped()).isEqualTo(2);
        assertThat(tracing.flush(LIMIT)).isFalse();
    }

    @Test
    void aFullQueueDropsAndCountsInsteadOfWaiting() {
        CallTracing.Builder settings = CallTracing.builder(folder).queueSize(2).content(10);
        TraceWriter writer = new TraceWriter(settings, Journal.open(folder)); // its thread is not started
        CallRecord record = record(1, Outcome.ANSWERED);
        CallText text = new CallText(
                ChatRequest.builder().messages(UserMessage.from("Oi")).build(), null);
        writer.offer(new Entry.Called(record));
        writer.offer(new Entry.Called(record));
        writer.offer(new Entry.Called(record));
        writer.offer(new Entry.Told(record, text));
        assertThat(writer.dropped()).isEqualTo(1);
        assertThat(writer.textsDropped()).isEqualTo(1);
        writer.close(1);
        assertThat(writer.dropped()).isEqualTo(3);
    }

    @Test
    void aTrackersFolderAndExperimentMayBeShared() {
        try (ExperimentTracker tracker =
                ExperimentTracker.builder(folder).experiment("routing").build()) {
            CallTracing tracing = CallTracing.builder(tracker).build();
            try (Run run = tracker.startRun("r")) {
                tracing.onCall(record(1, Outcome.ANSWERED));
                run.metric("m", 1);
            }
            assertThat(tracing.flush(LIMIT)).isTrue();
            tracing.close();
            assertThat(tracker.runs()).hasSize(1);
        }
    }

    @Test
    void settingsThatCannotBeUsedAreRefused() {
        CallTracing.Builder builder = CallTracing.builder(folder);
        assertThatThrownBy(() -> builder.sampling(1.1)).hasMessageContaining("[0, 1]");
        assertThatThrownBy(() -> builder.sampling(Double.NaN)).hasMessageContaining("[0, 1]");
        assertThatThrownBy(() -> builder.content(0)).hasMessageContaining("[1, 60000]");
        assertThatThrownBy(() -> builder.experiment(" ")).hasMessageContaining("experiment");
        assertThatThrownBy(() -> builder.queueSize(0)).hasMessageContaining("was 0");
    }

    @Test
    void whateverTheCallerSaysATraceComesOfIt() throws IOException {
        String odd = "x\u0000\uD800/@.".repeat(2_000);
        CallContext.Builder caller =
                CallContext.builder().conversationId(odd).tenant(odd).tier(odd).promptVersion(odd + "/7");
        for (int i = 0; i < 100; i++) {
            caller.tag(odd.substring(i) + i, odd).tag("mlflow.traceName" + i, odd);
        }
        CallTracing tracing = CallTracing.builder(folder).build();
        tracing.onCall(CallRecord.builder(id(1), Outcome.ANSWERED, caller.build(), UserKeys.ephemeral())
                .time(-5, 7)
                .build());
        tracing.close();
        assertThat(tracing.dropped()).isZero();
        assertThat(WrittenTraces.in(folder).attributes(0, 0)).doesNotContainKey("mlflow.traceTag.mlflow.traceName0");
    }

    static CallId id(long number) {
        SplittableRandom random = new SplittableRandom(number);
        return CallId.of(1_795_341_600_000L + number, random.nextLong(), random.nextLong());
    }

    static CallRecord record(long number, Outcome outcome) {
        return CallRecord.builder(id(number), outcome, CALLER, UserKeys.withKey(new byte[16]))
                .time(1_795_341_600_000_000L + number, 1_000_000)
                .build();
    }

    private ModelRouterBuilder router(CallTracing tracing) {
        return ModelRouter.builder()
                .userKeys(UserKeys.withKey(new byte[16]))
                .listener(records::add)
                .listener(tracing);
    }
}

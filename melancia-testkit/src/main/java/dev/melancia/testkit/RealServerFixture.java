package dev.melancia.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.melancia.call.Attempt;
import dev.melancia.call.CallRecord;
import dev.melancia.call.CallRecordJson;
import dev.melancia.call.Outcome;
import dev.melancia.provider.ChatModelProvider;
import dev.melancia.provider.ChatModelProviders;
import dev.melancia.provider.ModelId;
import dev.melancia.provider.ModelSettings;
import dev.melancia.router.CallLimits;
import dev.melancia.router.ModelRouter;
import dev.melancia.router.ModelRouterBuilder;
import dev.melancia.routing.Candidate;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A router over a model on a real server, which the test breaks, and a scripted one that takes over. */
abstract class RealServerFixture {

    /** 60 s: what a real server may take on a busy machine, a cold start included. */
    static final Duration AMPLE = Duration.ofSeconds(60);

    /** The limit that ends what hangs. */
    static final Duration LIMIT = Duration.ofSeconds(1);

    static final CallLimits PATIENT = CallLimits.defaults()
            .withAttempt(AMPLE)
            .withFirstToken(AMPLE)
            .withIdle(AMPLE)
            .withCall(AMPLE.multipliedBy(2));

    static final ModelId FALLBACK = ModelId.of("scripted/fallback");
    static final String ANSWER = "the fallback answers";

    private static final int WIDE_WINDOW = 1_000_000;
    private static final Duration A_MOMENT = Duration.ofMillis(100);

    private final BlockingQueue<CallRecord> records = new LinkedBlockingQueue<>();

    /** The provider under test. */
    protected abstract ChatModelProvider provider();

    final ModelRouter router(ModelSettings first, CallLimits limits) {
        return router(Candidate.builder(first.model()), first, limits);
    }

    final ModelRouter router(Candidate.Builder candidate, ModelSettings first, CallLimits limits) {
        Candidate broken = candidate
                .attemptLimit(limits.attempt())
                .firstTokenLimit(limits.firstToken())
                .idleLimit(limits.idle())
                .build();
        return withFallback(ModelRouter.builder().model(broken, first, ChatModelProviders.of(provider())));
    }

    /** A router that does not know of the context window in the settings. */
    final ModelRouter unaware(ModelSettings first) {
        Candidate candidate = Candidate.builder(first.model()).build();
        return withFallback(ModelRouter.builder()
                .model(candidate, provider().chatModel(first), provider().streamingChatModel(first)));
    }

    private ModelRouter withFallback(ModelRouterBuilder builder) {
        return builder.model(
                        Candidate.builder(FALLBACK).contextWindow(WIDE_WINDOW).build(),
                        ScriptedChatModel.answering(ANSWER),
                        ScriptedStreamingChatModel.answering("the ", "fallback ", "answers"))
                .limits(PATIENT)
                .listener(records::add)
                .build();
    }

    static ChatRequest question(String text) {
        return ChatRequest.builder().messages(UserMessage.from(text)).build();
    }

    static String ask(ModelRouter router, String text) {
        return router.chatModel().chat(question(text)).aiMessage().text();
    }

    static StreamRecorder stream(ModelRouter router, String text) {
        StreamRecorder stream = new StreamRecorder();
        router.streamingChatModel().chat(question(text), stream);
        return stream;
    }

    /** The text of a whole stream. */
    static String answer(StreamRecorder stream) throws InterruptedException {
        assertOneTerminal(stream);
        String text = stream.response()
                .orElseThrow(() -> new AssertionError(stream.terminals()))
                .aiMessage()
                .text();
        assertThat(String.join("", stream.pieces())).isEqualTo(text);
        return text;
    }

    static void assertOneTerminal(StreamRecorder stream) throws InterruptedException {
        assertThat(stream.awaitTerminals(1, AMPLE)).as("terminal signal").isTrue();
        assertThat(stream.awaitTerminals(2, A_MOMENT)).as("second terminal").isFalse();
    }

    /** The next call's record, whose times must be possible. */
    final CallRecord record() {
        CallRecord record = records.poll();
        assertThat(record).as("record of a call").isNotNull();
        assertThat(CallRecordJson.line(record)).doesNotContain(ANSWER);
        long earliest = 0;
        for (Attempt attempt : record.attempts()) {
            assertThat(attempt.startOffsetNanos()).as("start of " + attempt).isGreaterThanOrEqualTo(earliest);
            earliest = attempt.startOffsetNanos() + attempt.durationNanos();
        }
        assertThat(record.durationNanos()).isBetween(earliest, PATIENT.call().toNanos());
        return record;
    }

    final void assertFellBack(Outcome first) {
        CallRecord record = record();
        assertThat(record.attempts()).extracting(Attempt::outcome).containsExactly(first, Outcome.ANSWERED);
        assertThat(record.answeredBy()).contains(FALLBACK);
        assertThat(record.fellBack()).isTrue();
        assertThat(record.outcome()).isEqualTo(Outcome.ANSWERED);
        Attempt failed = record.attempts().get(0);
        assertThat(failed.errorType()).isPresent();
        assertThat(failed.outputTokens()).as("output tokens are unknown, not 0").isEmpty();
    }

    final void assertAnsweredByFirst() {
        CallRecord record = record();
        assertThat(record.attempts()).extracting(Attempt::outcome).containsExactly(Outcome.ANSWERED);
        assertThat(record.fellBack()).isFalse();
        assertThat(record.outputTokens()).isPresent();
    }

    /** A stream that gave some pieces ended once, with an error, and nobody else was asked. */
    final void assertBrokenOnce(StreamRecorder stream, Set<Outcome> outcomes) throws InterruptedException {
        assertOneTerminal(stream);
        assertThat(stream.error()).as("first of " + stream.terminals()).isPresent();
        CallRecord record = record();
        assertThat(record.attempts()).hasSize(1);
        assertThat(record.outcome()).isIn(outcomes);
        assertThat(record.attempts().get(0).outcome()).isEqualTo(record.outcome());
        assertThat(record.answeredBy()).isEmpty();
        assertThat(record.timeToFirstTokenNanos()).isPresent();
    }

    static void assertNothingRuns(ModelRouter router, ModelSettings first) {
        RealWaits.until(
                () -> router.callsRunning(first.model()) + router.callsRunning(FALLBACK) == 0,
                Duration.ofSeconds(10),
                "permits to come back");
    }
}

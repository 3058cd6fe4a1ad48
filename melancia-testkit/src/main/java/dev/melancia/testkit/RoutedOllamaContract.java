package dev.melancia.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.call.Attempt;
import dev.melancia.call.CallRecord;
import dev.melancia.call.Outcome;
import dev.melancia.provider.ModelSettings;
import dev.melancia.router.ModelRouter;
import dev.melancia.routing.Candidate;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What users of a provider get through the router when a real Ollama is killed, hangs, is full or cuts their prompt. Each
 * test starts an Ollama of its own with the scripts of this project's {@code dev/servers}; without
 * {@link RealServers#SCRIPTS} all are skipped by name. A provider's test is one short subclass whose name ends in
 * {@code IT}. Takes about half a minute. Confined to one thread, as any test class.
 *
 * @since 0.1.0
 */
public abstract class RoutedOllamaContract extends OllamaQueueContract {

    private static final Set<Outcome> BROKEN = Set.of(Outcome.BROKEN_OFF);
    private static final Duration SOME_WORK = Duration.ofMillis(50);

    /** What an attempt is called whose stream ended because the process that runs the model died. */
    protected abstract Set<Outcome> outcomesOfADeadRunner();

    /** How many tokens a prompt of {@link #narrowModel} can have. */
    protected abstract int narrowWindow();

    /** The model {@code tiny} with the smallest window that this provider can ask for. */
    protected abstract ModelSettings.Builder narrowModel(URI server);

    @Test
    public final void failsOnceWhenTheServerIsKilledInTheMiddleOfAStream() throws InterruptedException {
        try (OwnServer server = OwnServer.ollama(Map.of());
                ModelRouter router = router(talkative(server), PATIENT)) {
            StreamRecorder stream = begun(router);
            server.kill();

            assertBrokenOnce(stream, BROKEN);
            assertThat(answer(stream(router, "Hi"))).isEqualTo(ANSWER);
            assertFellBack(Outcome.UNREACHABLE);
            assertNothingRuns(router, talkative(server));
        }
    }

    @Test
    public final void fallsBackWhenTheServerIsKilledInTheMiddleOfACall() throws Exception {
        try (OwnServer server = OwnServer.ollama(Map.of());
                ModelRouter router = router(talkative(server), PATIENT)) {
            CompletableFuture<String> call = busy(router, server);
            server.kill();

            assertThat(call.get(AMPLE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(ANSWER);
            assertFellBack(Outcome.BROKEN_OFF);
            assertThat(ask(router, "Hi")).isEqualTo(ANSWER);
            assertFellBack(Outcome.UNREACHABLE);
            assertNothingRuns(router, talkative(server));
        }
    }

    @Test
    public final void failsOnceWhenTheRunnerIsKilledInTheMiddleOfAStream() throws InterruptedException {
        try (OwnServer server = OwnServer.ollama(Map.of());
                ModelRouter router = router(talkative(server), PATIENT)) {
            StreamRecorder stream = begun(router);
            server.killRunners();

            assertBrokenOnce(stream, outcomesOfADeadRunner());
            assertThat(answer(stream(router, "Hi"))).as("Ollama starts another").startsWith("Hello");
            assertAnsweredByFirst();
            assertNothingRuns(router, talkative(server));
        }
    }

    @Test
    public final void fallsBackWhenTheRunnerIsKilledInTheMiddleOfACall() throws Exception {
        try (OwnServer server = OwnServer.ollama(Map.of());
                ModelRouter router = router(talkative(server), PATIENT)) {
            CompletableFuture<String> call = busy(router, server);
            server.killRunners();

            assertThat(call.get(AMPLE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(ANSWER);
            assertFellBack(Outcome.SERVER_ERROR);
            assertThat(ask(router, "Hi")).as("Ollama starts another").startsWith("Hello");
            assertAnsweredByFirst();
            assertNothingRuns(router, talkative(server));
        }
    }

    @Test
    public final void fallsBackWhenTheServerHangsBeforeItsAnswer() throws InterruptedException {
        try (OwnServer server = OwnServer.ollama(Map.of())) {
            ModelSettings tiny = model(server.address(), "tiny").build();
            try (ModelRouter router = router(tiny, PATIENT.withAttempt(LIMIT).withFirstToken(LIMIT))) {
                server.pause();

                assertThat(ask(router, "Hi")).isEqualTo(ANSWER);
                assertFellBack(Outcome.TIMEOUT);
                assertThat(answer(stream(router, "Hi"))).isEqualTo(ANSWER);
                assertFellBack(Outcome.TIMEOUT);
                assertNothingRuns(router, tiny);
            }
        }
    }

    @Test
    public final void failsOnceWhenTheServerHangsInTheMiddleOfAStream() throws InterruptedException {
        try (OwnServer server = OwnServer.ollama(Map.of());
                ModelRouter router = router(talkative(server), PATIENT.withIdle(LIMIT))) {
            StreamRecorder stream = begun(router);
            server.pause();

            assertBrokenOnce(stream, Set.of(Outcome.TIMEOUT));
            assertNothingRuns(router, talkative(server));
        }
    }

    @Test
    public final void fallsBackWhenTheModelIsNotThere() throws InterruptedException {
        try (OwnServer server = OwnServer.ollama(Map.of())) {
            ModelSettings missing = model(server.address(), "no-such-model").build();
            try (ModelRouter router = router(missing, PATIENT)) {
                assertThat(ask(router, "Hi")).isEqualTo(ANSWER);
                assertFellBack(Outcome.MODEL_NOT_FOUND);
                assertThat(answer(stream(router, "Hi"))).isEqualTo(ANSWER);
                assertFellBack(Outcome.MODEL_NOT_FOUND);
                assertNothingRuns(router, missing);
            }
        }
    }

    @Test
    public final void waitsForAModelThatIsNotLoadedYet() {
        try (OwnServer server = OwnServer.ollama(Map.of());
                ModelRouter router = router(talkative(server), PATIENT)) {
            assertThat(ask(router, "Hi")).startsWith("Hello");
            CallRecord cold = record();
            assertThat(ask(router, "Hi")).startsWith("Hello");
            CallRecord warm = record();

            assertThat(cold.fellBack()).isFalse();
            assertThat(warm.fellBack()).isFalse();
            assertThat(cold.durationNanos())
                    .as("the first call, which loads the model, beside the second")
                    .isGreaterThan(warm.durationNanos());
        }
    }

    @Test
    public final void showsAPromptThatWasCutAsOneThatFillsTheWindow() throws InterruptedException {
        try (OwnServer server = OwnServer.ollama(Map.of())) {
            ModelSettings narrow = narrowModel(server.address()).build();
            try (ModelRouter router = unaware(narrow)) {
                assertThat(ask(router, tooLong())).startsWith("Hello");
                assertThat(record().inputTokens()).hasValue(narrowWindow());
                assertThat(answer(stream(router, tooLong()))).startsWith("Hello");
                assertThat(record().inputTokens()).hasValue(narrowWindow());
                assertNothingRuns(router, narrow);
            }
        }
    }

    @Test
    public final void takesAWiderModelWhenThePromptWasCutAndTheWindowIsKnown() throws InterruptedException {
        try (OwnServer server = OwnServer.ollama(Map.of())) {
            ModelSettings narrow = narrowModel(server.address()).build();
            Candidate.Builder candidate = Candidate.builder(narrow.model()).contextWindow(narrowWindow());
            try (ModelRouter router = router(candidate, narrow, PATIENT)) {
                assertThat(ask(router, tooLong())).isEqualTo(ANSWER);
                CallRecord whole = record();
                assertThat(whole.attempts())
                        .extracting(Attempt::outcome)
                        .containsExactly(Outcome.PROMPT_CUT, Outcome.ANSWERED);
                assertThat(whole.answeredBy()).contains(FALLBACK);

                assertThat(answer(stream(router, tooLong()))).startsWith("Hello");
                CallRecord streamed = record();
                assertThat(streamed.outcome())
                        .as("of a stream whose pieces the host has")
                        .isEqualTo(Outcome.PROMPT_CUT);
                assertThat(streamed.answeredBy()).contains(narrow.model());
                assertNothingRuns(router, narrow);
            }
        }
    }

    /** Twice the window in the model's tokens, one a character, and half of it in the router's guess at four. */
    private String tooLong() {
        return "zq7x".repeat(narrowWindow() / 2);
    }

    private ModelSettings talkative(OwnServer server) {
        return model(server.address(), "slow").maxOutputTokens(3_000).build();
    }

    /** A stream that goes on for long after these two pieces. */
    private static StreamRecorder begun(ModelRouter router) throws InterruptedException {
        StreamRecorder stream = stream(router, "Tell me a long story");
        assertThat(stream.awaitPieces(2, AMPLE)).as("first pieces").isTrue();
        return stream;
    }

    /** A call for which the loaded model computes, and will for long. */
    private CompletableFuture<String> busy(ModelRouter router, OwnServer server) {
        assertThat(ask(router, "Hi")).startsWith("Hello");
        assertAnsweredByFirst();
        Duration before = server.work();
        CompletableFuture<String> call = CompletableFuture.supplyAsync(() -> ask(router, "Tell me a long story"));
        RealWaits.until(
                () -> server.work().compareTo(before.plus(SOME_WORK)) > 0, AMPLE, "the model to compute an answer");
        return call;
    }
}

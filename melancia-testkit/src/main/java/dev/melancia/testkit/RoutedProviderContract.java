package dev.melancia.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.melancia.call.CallRecord;
import dev.melancia.call.Outcome;
import dev.melancia.provider.ModelCapability;
import dev.melancia.router.ModelRouter;
import dev.melancia.router.NoCandidateException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What users of a provider get through the router when a real server fails: the next model's answer or one clear error,
 * one terminal signal, within the limits, a true record, and nothing left running. Both views, over real HTTP. A
 * provider's test is one short subclass beside that of {@link HttpChatModelProviderContract}:
 *
 * <pre>{@code
 * class AcmeRoutedTest extends RoutedProviderContract {
 *     @Override protected ChatModelProvider provider() { return new AcmeProvider(); }
 *     @Override protected WireFormat wireFormat() { return WireFormat.openAi(); }
 * }
 * }</pre>
 *
 * <p>Takes about 5 s. Tests of streams are skipped by name where the provider does not declare streaming. Confined to one
 * thread, as any test class.
 *
 * @since 0.1.0
 */
public abstract class RoutedProviderContract extends RoutedCallContract {

    private static final Duration A_MOMENT = Duration.ofMillis(50);
    private static final String PIECE = "Once ";

    @ParameterizedTest
    @EnumSource(RoutedFault.class)
    public final void streamsOrFailsOnceWhenTheFirstModelFails(RoutedFault fault) throws InterruptedException {
        assumeStreaming();
        try (FaultyServer first = FaultyServer.with(fault, wireFormat());
                ModelRouter router = router(first.address(), limits(fault))) {
            StreamRecorder stream = ask(router);
            if (fault.endsTheCall()) {
                assertFailedOnce(stream, List.of());
                assertEnded(fault.outcomes());
            } else {
                assertSecondStreamed(stream);
                assertFellBack(fault.outcomes(), fault.costsNothing());
            }
            assertNothingRuns(router);
            assertThat(first.requests()).hasSizeLessThanOrEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(StreamFault.class)
    public final void failsOverBeforeTheFirstPiece(StreamFault fault) throws InterruptedException {
        assumeStreaming();
        try (LoopbackServer first = LoopbackServer.replying(
                        fault.after(wireFormat(), wireFormat().pieces()));
                ModelRouter router = router(
                        first.address(), fault == StreamFault.STALLS ? PATIENT.withFirstToken(LIMIT) : PATIENT)) {
            assertSecondStreamed(ask(router));
            assertFellBack(fault.outcomes(), false);
            assertNothingRuns(router);
        }
    }

    @ParameterizedTest
    @EnumSource(StreamFault.class)
    public final void failsOnceAfterTheFirstPiece(StreamFault fault) throws InterruptedException {
        assumeStreaming();
        Gate gate = Gate.closed();
        Reply reply = fault.after(wireFormat(), wireFormat().pieces(PIECE).waitFor(gate));
        try (LoopbackServer first = LoopbackServer.replying(reply);
                ModelRouter router =
                        router(first.address(), fault == StreamFault.STALLS ? PATIENT.withIdle(LIMIT) : PATIENT)) {
            StreamRecorder stream = ask(router);
            assertThat(stream.awaitPieces(1, SOON)).as("first piece").isTrue();
            gate.open();

            assertFailedOnce(stream, List.of(PIECE));
            assertEnded(fault.outcomes());
            assertThat(record().timeToFirstTokenNanos()).isPresent();
            assertNothingRuns(router);
        }
    }

    @Test
    public final void streamsFromTheLastModelAgainNoSoonerThanItsServerAsked() throws InterruptedException {
        assumeStreaming();
        try (LoopbackServer only = busyAtFirst("1");
                ModelRouter router = alone(only, Set.of(ModelCapability.STREAMING))) {
            StreamRecorder stream = ask(router);

            assertOneTerminal(stream);
            assertThat(stream.pieces()).containsExactly("now");
            assertPausedBetweenTwoAttempts();
            assertNothingRuns(router);
        }
    }

    @Test
    public final void endsOnceAStreamThatSaysItsEndTwice() throws InterruptedException {
        assumeStreaming();
        Reply twice = wireFormat().stream(null, PIECE).followedBy(wireFormat().stream(null));
        try (LoopbackServer first = LoopbackServer.replying(twice);
                ModelRouter router = router(first.address(), PATIENT)) {
            StreamRecorder stream = ask(router);

            assertOneTerminal(stream);
            assertThat(stream.response()).as("first of " + stream.terminals()).isPresent();
            assertThat(stream.pieces()).containsExactly(PIECE);
            assertAnsweredByFirstWithoutTokens();
            assertNothingRuns(router);
        }
    }

    @Test
    public final void passesNothingOnThatAnAbandonedStreamSends() throws InterruptedException {
        assumeStreaming();
        Gate gate = Gate.closed();
        try (LoopbackServer first = LoopbackServer.replying(request -> lateStream(gate));
                ModelRouter router = router(first.address(), PATIENT.withFirstToken(LIMIT))) {
            StreamRecorder stream = ask(router);
            assertThat(stream.awaitTerminals(1, SOON)).as("terminal signal").isTrue();
            gate.open();

            // Sooner than the HTTP limit: given up at its first piece.
            assertThat(first.awaitHangUp(SOON.dividedBy(2)))
                    .as("connection given up")
                    .isTrue();
            assertSecondStreamed(stream);
            assertFellBack(Set.of(Outcome.TIMEOUT), false);
            assertNothingRuns(router);
        }
    }

    @Test
    public final void endsAStreamAtTheLimitOfTheCall() throws InterruptedException {
        assumeStreaming();
        try (LoopbackServer first = LoopbackServer.replying(Reply.silence());
                ModelRouter router = router(first.address(), PATIENT.withCall(LIMIT))) {
            assertFailedOnce(ask(router), List.of());
            assertEnded(Set.of(Outcome.TIMEOUT));
            assertNothingRuns(router);
        }
    }

    @Test
    public final void endsACancelledStreamWithoutAnotherWord() throws InterruptedException {
        assumeStreaming();
        try (LoopbackServer first =
                        LoopbackServer.replying(wireFormat().pieces(PIECE).stall());
                ModelRouter router = router(first.address(), PATIENT)) {
            StreamRecorder stream = ask(router);
            assertThat(stream.awaitPieces(1, SOON)).as("first piece").isTrue();
            stream.cancel();

            assertThat(first.awaitHangUp(SOON)).as("connection given up").isTrue();
            assertThat(stream.awaitTerminals(1, A_MOMENT)).as("terminal signal").isFalse();
            assertThat(record().outcome()).isEqualTo(Outcome.CANCELLED);
            assertNothingRuns(router);
        }
    }

    @ParameterizedTest
    @EnumSource(Need.class)
    public final void refusesWhatNoModelDeclaresBeforeAnyRequest(Need need) {
        try (LoopbackServer first = LoopbackServer.replying(Reply.hangUp());
                ModelRouter router = alone(first, need)) {
            Throwable error = catchThrowable(() -> router.chatModel().chat(need.request()));

            assertRefused(error, need.capability());
            assertThat(first.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Need.class)
    public final void refusesToStreamWhatNoModelDeclaresBeforeAnyRequest(Need need) throws InterruptedException {
        assumeStreaming();
        try (LoopbackServer first = LoopbackServer.replying(Reply.hangUp());
                ModelRouter router = alone(first, need)) {
            StreamRecorder stream = new StreamRecorder();
            router.streamingChatModel().chat(need.request(), stream);

            assertThat(stream.awaitTerminals(1, SOON)).as("terminal signal").isTrue();
            assertRefused(stream.error().orElseThrow(), need.capability());
            assertThat(stream.terminals()).hasSize(1);
            assertThat(first.requests()).isEmpty();
        }
    }

    @Test
    public final void refusesToStreamWhereNoModelDeclaresIt() throws InterruptedException {
        try (LoopbackServer first = LoopbackServer.replying(Reply.hangUp());
                ModelRouter router = alone(first, Set.of())) {
            StreamRecorder stream = ask(router);

            assertThat(stream.awaitTerminals(1, SOON)).as("terminal signal").isTrue();
            assertRefused(stream.error().orElseThrow(), ModelCapability.STREAMING);
            assertThat(first.requests()).isEmpty();
        }
    }

    private Reply lateStream(Gate gate) {
        Answers.pass(gate);
        return wireFormat().pieces("too ", "late").stall();
    }

    private void assertRefused(Throwable error, ModelCapability capability) {
        assertThat(error)
                .isInstanceOf(NoCandidateException.class)
                .hasMessageContaining(capability.name())
                .hasMessageContaining(firstId().toString())
                .hasMessageNotContaining(QUESTION);
        CallRecord record = record();
        assertThat(record.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(record.attempts()).isEmpty();
        assertThat(record.inputTokens()).isEmpty();
    }

    private ModelRouter alone(LoopbackServer server, Need need) {
        return alone(server, need.everythingElse());
    }

    private StreamRecorder ask(ModelRouter router) {
        StreamRecorder stream = new StreamRecorder();
        router.streamingChatModel().chat(question(), stream);
        return stream;
    }

    private static void assertSecondStreamed(StreamRecorder stream) throws InterruptedException {
        assertOneTerminal(stream);
        assertThat(stream.response()
                        .orElseThrow(() -> new AssertionError(stream.terminals()))
                        .aiMessage()
                        .text())
                .isEqualTo(ANSWER);
        assertThat(String.join("", stream.pieces())).isEqualTo(ANSWER);
    }

    private static void assertFailedOnce(StreamRecorder stream, List<String> pieces) throws InterruptedException {
        assertOneTerminal(stream);
        assertOneClearError(stream.error().orElseThrow(() -> new AssertionError(stream.terminals())));
        assertThat(stream.pieces()).isEqualTo(pieces);
    }

    private static void assertOneTerminal(StreamRecorder stream) throws InterruptedException {
        assertThat(stream.awaitTerminals(1, SOON)).as("terminal signal").isTrue();
        assertThat(stream.awaitTerminals(2, A_MOMENT)).as("second terminal").isFalse();
    }

    private void assumeStreaming() {
        assumeTrue(
                provider().capabilities().contains(ModelCapability.STREAMING),
                () -> provider().id() + " does not declare STREAMING");
    }
}

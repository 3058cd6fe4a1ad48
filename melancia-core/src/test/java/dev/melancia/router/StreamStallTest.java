package dev.melancia.router;

import static dev.melancia.router.Fakes.LOCAL;
import static dev.melancia.router.Fakes.answer;
import static dev.melancia.router.Fakes.awaitDeaf;
import static dev.melancia.router.Fakes.say;
import static dev.melancia.router.Streams.streams;
import static dev.melancia.router.Streams.with;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.langchain4j.model.chat.response.PartialResponse;
import dev.melancia.call.Attempt;
import dev.melancia.call.Outcome;
import dev.melancia.router.Fakes.Records;
import dev.melancia.router.Streams.Handle;
import dev.melancia.router.Streams.Host;
import dev.melancia.router.Streams.Stream;
import dev.melancia.routing.Candidate;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real but short limits: silence takes its time. */
class StreamStallTest {

    private static final Duration SHORT = Duration.ofMillis(50);

    private static final Candidate HASTY =
            Candidate.builder(LOCAL.id()).firstTokenLimit(SHORT).build();

    private final Records records = new Records();
    private final Host host = new Host();
    private final CountDownLatch release = new CountDownLatch(1);
    private ModelRouter router = Streams.one(Stream.silent()).build();

    private void start(ModelRouterBuilder builder, CallLimits limits) {
        router = builder.limits(limits).listener(records).build();
        router.streamingChatModel().chat(say("Oi"), host);
    }

    /** Only the first of the two is in a hurry: the other may take its time on a busy machine. */
    private static ModelRouterBuilder hasty(Stream first, Stream second) {
        return Fakes.router()
                .model(HASTY, Fakes.answers("unused"), first)
                .model(Fakes.PAID, Fakes.answers("unused"), second);
    }

    @AfterEach
    void everyPermitIsBack() {
        release.countDown();
        await().until(() -> router.callsRunning(LOCAL.id()) == 0);
        router.close();
    }

    @Test
    void silenceBeforeTheFirstPieceIsFailedOver() throws Exception {
        Stream silent = Stream.silent();
        start(hasty(silent, streams("Oi")), CallLimits.defaults());

        assertThat(host.untilTheEnd().heard).containsExactly("plain:Oi", "complete");
        assertThat(records.only().attempts())
                .extracting(Attempt::outcome)
                .containsExactly(Outcome.TIMEOUT, Outcome.ANSWERED);
    }

    @Test
    void aModelThatWakesUpTooLateIsCancelledAndNotHeard() throws Exception {
        Handle handle = new Handle();
        Stream silent = Stream.silent();
        start(hasty(silent, streams("Oi")), CallLimits.defaults());
        host.untilTheEnd();

        silent.out().onPartialResponse(new PartialResponse("late"), with(handle));
        silent.out().onCompleteResponse(answer("late"));

        assertThat(host.heard).containsExactly("plain:Oi", "complete");
        assertThat(handle.isCancelled()).isTrue();
    }

    @Test
    void silenceBetweenPiecesIsOneErrorAndTheModelIsCancelled() throws Exception {
        Handle handle = new Handle();
        Stream second = streams("never");
        start(
                Streams.two(new Stream(out -> out.onPartialResponse(new PartialResponse("O"), with(handle))), second),
                CallLimits.defaults().withIdle(SHORT));

        assertThat(host.untilTheEnd().heard).containsExactly("O", "error:TimeoutException");
        assertThat(host.errors.get(0)).hasMessage("ollama/phi3:mini sent no further piece within PT0.05S");
        assertThat(handle.cancelled.await(10, SECONDS)).isTrue();
        assertThat(second.asked).isEmpty();
        assertThat(records.only().outcome()).isEqualTo(Outcome.TIMEOUT);
    }

    @Test
    void theRoutersLimitHoldsWhereTheCandidateHasNone() throws Exception {
        start(Streams.one(Stream.silent()), CallLimits.defaults().withFirstToken(SHORT));

        assertThat(host.untilTheEnd().errors.get(0)).hasMessage("ollama/phi3:mini sent no first piece within PT0.05S");
    }

    @Test
    void theCallLimitEndsAStreamThatNeverStopsTalking() throws Exception {
        Stream talker = new Stream(out -> {
            while (release.getCount() > 0) {
                out.onPartialResponse("bla");
                LockSupport.parkNanos(1_000_000);
            }
        });
        start(Streams.one(talker), CallLimits.defaults().withCall(Duration.ofMillis(100)));

        host.untilTheEnd();
        assertThat(host.errors.get(0)).hasMessage("ollama/phi3:mini was not done within the call's PT0.1S");
        assertThat(host.terminals()).isOne();
        assertThat(router.callsRunning(LOCAL.id()))
                .as("its chat has not returned")
                .isOne();
        int heard = host.heard.size();
        LockSupport.parkNanos(5_000_000);
        assertThat(host.heard).hasSize(heard);
    }

    @Test
    void aPermitIsKeptUntilADeafModelReturns() throws Exception {
        start(hasty(new Stream(out -> awaitDeaf(release)), streams("Oi")), CallLimits.defaults());

        assertThat(host.untilTheEnd().heard).containsExactly("plain:Oi", "complete");
        assertThat(router.callsRunning(LOCAL.id())).isOne();
    }

    @Test
    void aHostThatIsSlowInItsOwnHandlerIsNoStall() throws Exception {
        CountDownLatch handled = new CountDownLatch(1);
        Host slow = new Host() {
            @Override
            public void onPartialResponse(String text) {
                super.onPartialResponse(text);
                awaitDeaf(handled);
            }
        };
        Stream stream = new Stream(out -> {
            out.onPartialResponse("O");
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            out.onCompleteResponse(answer("O"));
        });
        router = Streams.one(stream)
                .limits(CallLimits.defaults().withIdle(Duration.ofMillis(500)))
                .listener(records)
                .build();
        router.streamingChatModel().chat(say("Oi"), slow);
        assertThat(slow.piece.await(10, SECONDS)).isTrue();
        LockSupport.parkNanos(Duration.ofMillis(600).toNanos());
        handled.countDown();

        assertThat(slow.untilTheEnd().heard).containsExactly("plain:O", "complete");
    }

    @Test
    void aStreamUnderWayIsWatchedAfterItsRouterIsClosed() throws Exception {
        Stream stream = Stream.silent();
        start(Streams.one(stream), CallLimits.defaults().withIdle(SHORT).withFirstToken(Duration.ofMillis(200)));
        stream.out();
        router.close();
        stream.out().onPartialResponse("O");

        assertThat(host.untilTheEnd().heard).containsExactly("plain:O", "error:TimeoutException");
    }

    @Test
    void aHandleThatCannotBeCancelledDoesNotSwallowTheEnd() throws Exception {
        dev.langchain4j.model.chat.response.StreamingHandle broken =
                new dev.langchain4j.model.chat.response.StreamingHandle() {
                    @Override
                    public void cancel() {
                        throw new IllegalStateException("socket");
                    }

                    @Override
                    public boolean isCancelled() {
                        return false;
                    }
                };
        start(
                Streams.one(new Stream(out -> out.onPartialResponse(new PartialResponse("O"), with(broken)))),
                CallLimits.defaults().withIdle(SHORT));

        assertThat(host.untilTheEnd().heard).containsExactly("O", "error:TimeoutException");
    }
}

package dev.melancia.router;

import static dev.melancia.router.Fakes.LOCAL;
import static dev.melancia.router.Fakes.PAID;
import static dev.melancia.router.Fakes.answer;
import static dev.melancia.router.Fakes.answers;
import static dev.melancia.router.Fakes.say;
import static dev.melancia.router.Streams.streams;
import static dev.melancia.router.Streams.with;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.melancia.call.Attempt;
import dev.melancia.call.Outcome;
import dev.melancia.router.Fakes.Records;
import dev.melancia.router.Streams.Handle;
import dev.melancia.router.Streams.Host;
import dev.melancia.router.Streams.Stream;
import dev.melancia.routing.Candidate;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HedgedStreamTest {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Records records = new Records();
    private final HandClock clock = new HandClock();
    private final Host host = new Host();
    private final Handle handle = new Handle();
    private final Stream first = Stream.silent();
    private final Stream second = Stream.silent();
    private ModelRouter router = Streams.one(first).build();

    private void start(ModelRouterBuilder builder) {
        router = clock.in(builder)
                .hedging(HedgeSettings.after(PATIENCE))
                .listener(records)
                .build();
        router.streamingChatModel().chat(say("Oi"), host);
        first.out();
    }

    private void startBoth() {
        start(Streams.two(first, second));
        clock.pass(PATIENCE);
        second.out();
    }

    @AfterEach
    void everyPermitIsBack() {
        await().until(() -> router.callsRunning(LOCAL.id()) + router.callsRunning(PAID.id()) == 0);
        router.close();
    }

    private void assertAttempts(Outcome one, Outcome hedge) {
        assertThat(records.only().attempts()).extracting(Attempt::model).containsExactly(LOCAL.id(), PAID.id());
        assertThat(records.only().attempts()).extracting(Attempt::outcome).containsExactly(one, hedge);
        assertThat(records.only().attempts()).extracting(Attempt::isHedge).containsExactly(false, true);
    }

    @Test
    void theFirstPieceDecidesAndTheOtherStreamIsCancelledAndNeverHeard() throws Exception {
        startBoth();
        second.out().onPartialResponse("O");
        first.out().onPartialResponse(new PartialResponse("late"), with(handle));
        second.out().onPartialResponse("i");
        first.out().onCompleteResponse(answer("late"));
        first.out().onError(new InternalServerException("late"));
        second.out().onCompleteResponse(answer("Oi"));

        assertThat(host.untilTheEnd().heard).containsExactly("plain:O", "plain:i", "complete");
        assertThat(handle.cancelled.await(10, SECONDS)).isTrue();
        assertAttempts(Outcome.CANCELLED, Outcome.ANSWERED);
        assertThat(records.only().timeToFirstTokenNanos()).hasValue(PATIENCE.toNanos());
        assertThat(records.only().outcome()).isEqualTo(Outcome.ANSWERED);
    }

    @Test
    void theSlowStreamMayStillBeFirst() throws Exception {
        startBoth();
        first.out().onPartialResponse("O");
        second.out().onPartialResponse(new PartialResponse("late"), with(handle));
        first.out().onCompleteResponse(answer("O"));

        assertThat(host.untilTheEnd().heard).containsExactly("plain:O", "complete");
        assertThat(handle.isCancelled()).isTrue();
        assertAttempts(Outcome.ANSWERED, Outcome.CANCELLED);
    }

    @Test
    void nobodyIsAskedBesideAStreamThatIsHeard() throws Exception {
        start(Streams.two(first, second));
        first.out().onPartialResponse("O");
        clock.pass(PATIENCE);
        first.out().onCompleteResponse(answer("O"));

        assertThat(host.untilTheEnd().heard).containsExactly("plain:O", "complete");
        assertThat(second.asked).isEmpty();
        assertThat(records.only().attempts()).hasSize(1);
    }

    @Test
    void aStreamThatFailsBeforeItIsSlowIsFollowedAsEver() throws Exception {
        start(Streams.two(first, second));
        first.out().onError(new InternalServerException("boom"));
        second.out();
        clock.pass(PATIENCE);
        second.out().onPartialResponse("Oi");
        second.out().onCompleteResponse(answer("Oi"));

        assertThat(host.untilTheEnd().heard).containsExactly("plain:Oi", "complete");
        assertThat(records.only().attempts()).extracting(Attempt::isHedge).containsExactly(false, false);
    }

    @Test
    void patienceWithAStreamThatFailedIsNotForTheNext() throws Exception {
        Stream third = streams("never");
        AtomicInteger asked = new AtomicInteger();
        Stream measured = new Stream(out -> {
            if (asked.getAndIncrement() < 50) {
                clock.pass(Duration.ofMillis(100));
                out.onPartialResponse("Oi");
                out.onCompleteResponse(answer("Oi"));
            }
        });
        router = clock.in(Streams.two(measured, second).model(Candidate.of("a/third"), answers("unused"), third))
                .hedging(HedgeSettings.adaptive())
                .build();
        for (int i = 0; i < 50; i++) {
            Host one = new Host();
            router.streamingChatModel().chat(say("Oi"), one);
            one.untilTheEnd();
        }
        router.streamingChatModel().chat(say("Oi"), host);
        await().until(() -> measured.asked.size() == 51);
        measured.asked.get(50).onError(new InternalServerException("boom"));
        second.out();
        clock.pass(Duration.ofMillis(200));
        second.out().onPartialResponse("Oi");
        second.out().onCompleteResponse(answer("Oi"));
        host.untilTheEnd();

        assertThat(third.asked).isEmpty();
    }

    @Test
    void whatIsNoPieceIsHeardOnlyWhileOneModelIsAsked() throws Exception {
        start(Streams.two(first, second));
        first.out().onUnmappedRawEvent("alone");
        clock.pass(PATIENCE);
        second.out().onUnmappedRawEvent("whose?");
        first.out().onUnmappedRawEvent("whose?");
        second.out().onPartialResponse("O");
        first.out().onUnmappedRawEvent("late");
        second.out().onUnmappedRawEvent("mine");
        second.out().onCompleteResponse(answer("O"));

        assertThat(host.untilTheEnd().heard).containsExactly("raw:alone", "plain:O", "raw:mine", "complete");
    }

    @Test
    void aHostCancelsTheOneThatItHears() {
        startBoth();
        second.out().onPartialResponse(new PartialResponse("O"), with(handle));
        host.handles.get(0).cancel();
        second.out().onCompleteResponse(answer("late"));
        first.out().onPartialResponse("late");

        assertThat(handle.isCancelled()).isTrue();
        assertThat(host.heard).containsExactly("O");
        assertAttempts(Outcome.CANCELLED, Outcome.CANCELLED);
        assertThat(records.only().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void aFailureOfOneWaitsForTheOther() throws Exception {
        startBoth();
        second.out().onError(new InternalServerException("boom"));
        assertThat(host.heard).isEmpty();
        first.out().onPartialResponse("O");
        first.out().onCompleteResponse(answer("O"));

        assertThat(host.untilTheEnd().heard).containsExactly("plain:O", "complete");
        assertAttempts(Outcome.ANSWERED, Outcome.SERVER_ERROR);
    }

    @Test
    void whenBothFailTheHostHearsOneError() throws Exception {
        startBoth();
        second.out().onError(new InternalServerException("boom"));
        first.out().onError(new InternalServerException("bang"));

        assertThat(host.untilTheEnd().heard).containsExactly("error:AllModelsFailedException");
        assertAttempts(Outcome.SERVER_ERROR, Outcome.SERVER_ERROR);
    }

    @Test
    void anErrorOfTheMachineEndsTheCallAndLeavesTheOther() throws Exception {
        Error error = new StackOverflowError("deep");
        startBoth();
        second.out().onError(error);
        first.out().onPartialResponse(new PartialResponse("late"), with(handle));

        assertThat(host.untilTheEnd().errors).containsExactly(error);
        assertThat(handle.isCancelled()).isTrue();
        assertAttempts(Outcome.CANCELLED, Outcome.FAILED);
    }

    @Test
    void anAnswerWithoutPiecesDecidesToo() throws Exception {
        startBoth();
        second.out().onCompleteResponse(answer("Oi"));
        first.out().onPartialResponse("late");

        assertThat(host.untilTheEnd().heard).containsExactly("complete");
        assertAttempts(Outcome.CANCELLED, Outcome.ANSWERED);
    }
}

package dev.melancia.router;

import static dev.melancia.router.Fakes.LOCAL;
import static dev.melancia.router.Fakes.PAID;
import static dev.melancia.router.Fakes.answer;
import static dev.melancia.router.Fakes.answers;
import static dev.melancia.router.Fakes.router;
import static dev.melancia.router.Fakes.say;
import static dev.melancia.router.Streams.streams;
import static dev.melancia.router.Streams.with;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.melancia.call.Attempt;
import dev.melancia.call.CallRecord;
import dev.melancia.call.Outcome;
import dev.melancia.cost.Cost;
import dev.melancia.cost.TokenPrice;
import dev.melancia.router.Fakes.Records;
import dev.melancia.router.Streams.Handle;
import dev.melancia.router.Streams.Host;
import dev.melancia.router.Streams.Stream;
import dev.melancia.routing.Candidate;
import java.net.ConnectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the host does to a stream, and what it is told when there is none. */
class StreamHostTest {

    private final Records records = new Records();
    private final Host host = new Host();
    private ModelRouter router = Streams.one(Stream.silent()).build();

    private void start(ModelRouterBuilder builder) {
        router = builder.listener(records).build();
        router.streamingChatModel().chat(say("Oi"), host);
    }

    private CallRecord record() {
        return records.only();
    }

    @AfterEach
    void everyPermitIsBackAndTheHostHeardOneTerminalAtMost() {
        await().untilAsserted(() -> {
            assertThat(router.callsRunning(LOCAL.id())).isZero();
            assertThat(router.callsRunning(PAID.id())).isZero();
        });
        assertThat(host.terminals()).isLessThanOrEqualTo(1);
        router.close();
    }

    @Test
    void aHandlerThatThrowsGetsOneErrorAndTheModelIsCancelled() throws Exception {
        RuntimeException own = new IllegalStateException("host");
        Handle handle = new Handle();
        Host broken = new Host() {
            @Override
            public void onPartialResponse(
                    PartialResponse piece, dev.langchain4j.model.chat.response.PartialResponseContext context) {
                super.onPartialResponse(piece, context);
                throw own;
            }
        };
        router = Streams.one(new Stream(out -> {
                    out.onPartialResponse(new PartialResponse("a"), with(handle));
                    out.onPartialResponse(new PartialResponse("b"), with(handle));
                    out.onCompleteResponse(answer("ab"));
                }))
                .listener(records)
                .build();
        router.streamingChatModel().chat(say("Oi"), broken);

        assertThat(broken.untilTheEnd().heard).containsExactly("a", "error:IllegalStateException");
        assertThat(broken.errors).containsExactly(own);
        assertThat(handle.isCancelled()).isTrue();
        assertThat(record().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void aHandlerThatFailsAnAssertionGetsOneErrorToo() throws Exception {
        AssertionError own = new AssertionError("host");
        Host broken = new Host() {
            @Override
            public void onPartialResponse(String text) {
                throw own;
            }
        };
        router = Streams.one(streams("a", "b")).listener(records).build();
        router.streamingChatModel().chat(say("Oi"), broken);

        assertThat(broken.untilTheEnd().errors).containsExactly(own);
        assertThat(broken.terminals()).isOne();
    }

    @Test
    void aHandlerThatThrowsInItsTerminalDoesNotHearAnother() throws Exception {
        Host broken = new Host() {
            @Override
            public void onCompleteResponse(ChatResponse response) {
                super.onCompleteResponse(response);
                throw new IllegalStateException("host");
            }
        };
        router = Streams.one(streams("a")).listener(records).build();
        router.streamingChatModel().chat(say("Oi"), broken);

        assertThat(broken.untilTheEnd().heard).containsExactly("plain:a", "complete");
        assertThat(record().outcome()).isEqualTo(Outcome.ANSWERED);
    }

    @Test
    void theHostCancelsAndHearsNothingMore() throws Exception {
        Handle handle = new Handle();
        Stream stream = Stream.silent();
        start(Streams.one(stream));
        stream.out().onPartialResponse(new PartialResponse("a"), with(handle));

        host.handles.get(0).cancel();
        host.handles.get(0).cancel();
        stream.out().onPartialResponse(new PartialResponse("b"), with(handle));
        stream.out().onCompleteResponse(answer("ab"));

        assertThat(host.heard).containsExactly("a");
        assertThat(host.handles.get(0).isCancelled()).isTrue();
        assertThat(handle.isCancelled()).isTrue();
        assertThat(record().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void theHostCancelsFromWithinItsHandler() throws Exception {
        Handle handle = new Handle();
        Host hasty = new Host() {
            @Override
            public void onPartialResponse(
                    PartialResponse piece, dev.langchain4j.model.chat.response.PartialResponseContext context) {
                super.onPartialResponse(piece, context);
                context.streamingHandle().cancel();
            }
        };
        router = Streams.one(new Stream(out -> {
                    out.onPartialResponse(new PartialResponse("a"), with(handle));
                    out.onPartialResponse(new PartialResponse("b"), with(handle));
                }))
                .listener(records)
                .build();
        router.streamingChatModel().chat(say("Oi"), hasty);

        assertThat(handle.cancelled.await(10, SECONDS)).isTrue();
        assertThat(record().outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(hasty.heard).containsExactly("a");
    }

    @Test
    void aModelThatCannotStreamIsPassedOver() throws Exception {
        router = Fakes.router()
                .model(LOCAL, answers("unused"))
                .model(PAID, answers("unused"), streams("Oi"))
                .listener(records)
                .build();
        router.streamingChatModel().chat(say("Oi"), host);

        assertThat(host.untilTheEnd().heard).containsExactly("plain:Oi", "complete");
        assertThat(record().decision().orElseThrow().rejections())
                .extracting(Object::toString)
                .containsExactly("ollama/phi3:mini: does not declare STREAMING");
    }

    @Test
    void withoutAModelThatStreamsTheHostIsToldSo() throws Exception {
        router =
                Fakes.router().model(LOCAL, answers("unused")).listener(records).build();
        router.streamingChatModel().chat(say("Oi"), host);

        assertThat(host.untilTheEnd().heard).containsExactly("error:NoCandidateException");
        assertThat(record().outcome()).isEqualTo(Outcome.REJECTED);
    }

    @Test
    void aBrokenRequestLimitIsToldTheHostOnce() throws Exception {
        start(Streams.one(streams("never")).requestLimits(RequestLimits.none().minQuestionCharacters(3)));

        assertThat(host.untilTheEnd().heard).containsExactly("error:RequestLimitException");
        assertThat(record().outcome()).isEqualTo(Outcome.REJECTED);
    }

    @Test
    void aSupplierThatThrowsIsToldTheHost() throws Exception {
        RuntimeException gone = new IllegalStateException("no request scope");
        router = Streams.one(streams("never")).build();
        router.streamingChatModel(() -> {
                    throw gone;
                })
                .chat(say("Oi"), host);

        assertThat(host.untilTheEnd().errors).containsExactly(gone);
    }

    @Test
    void aFullModelIsPassedOverOnTheWayToo() throws Exception {
        start(Streams.two(
                        new Stream(out -> {
                            throw new AssertionError("no thread, no call");
                        }),
                        streams("never"))
                .executor(task -> {
                    throw new java.util.concurrent.RejectedExecutionException("full");
                }));

        assertThat(host.untilTheEnd().heard).containsExactly("error:AllModelsFailedException");
        assertThat(record().attempts()).extracting(Attempt::outcome).containsOnly(Outcome.NO_PERMIT);
    }

    @Test
    void aContextCarrierThatThrowsIsToldTheHost() throws Exception {
        RuntimeException broken = new IllegalStateException("carrier");
        start(Streams.one(streams("never")).contextCarrier(task -> {
            throw broken;
        }));

        assertThat(host.untilTheEnd().errors).containsExactly(broken);
    }

    @Test
    void aStreamUnderWayOutlivesItsRouter() throws Exception {
        Stream stream = Stream.silent();
        start(Streams.one(stream));
        stream.out();

        router.close();
        stream.out().onPartialResponse("Oi");
        stream.out().onCompleteResponse(answer("Oi"));

        assertThat(host.untilTheEnd().heard).containsExactly("plain:Oi", "complete");
    }

    @Test
    void aCallThatWaitsToBeTriedOnceMoreEndsWhenItsRouterIsClosed() throws Exception {
        Stream stream = new Stream(out -> out.onError(new RuntimeException(new ConnectException())));
        start(Streams.one(stream));
        stream.out();

        router.close();

        assertThat(host.untilTheEnd().terminals()).isOne();
    }

    @Test
    void aClosedRouterTellsTheHandler() throws Exception {
        router.close();
        router.streamingChatModel().chat(say("Oi"), host);

        assertThat(host.untilTheEnd().heard).containsExactly("error:IllegalStateException");
    }

    @Test
    void aRequestThatCannotBeMadeTheModelsOwnIsNotBilled() throws Exception {
        ChatRequestParameters stubborn =
                new DefaultChatRequestParameters(
                        DefaultChatRequestParameters.builder().modelName("another")) {
                    @Override
                    public ChatRequestParameters overrideWith(ChatRequestParameters that) {
                        throw new IllegalStateException("no other name");
                    }
                };
        ChatRequest request = ChatRequest.builder()
                .messages(say("Oi").messages())
                .parameters(stubborn)
                .build();
        Candidate priced = LOCAL.withPrice(TokenPrice.usdPerMillionTokens("1", "1"));
        Stream never = streams("never");
        Records told = new Records();
        Host heard = new Host();
        try (ModelRouter router =
                router().model(priced, answers("unused"), never).listener(told).build()) {
            router.streamingChatModel().chat(request, heard);

            assertThat(heard.untilTheEnd().errors)
                    .singleElement()
                    .satisfies(error -> assertThat(error).hasMessage("no other name"));
            assertThat(never.asked).isEmpty();
            assertThat(told.only().cost()).isEqualTo(Cost.zero());
        }
    }
}

package dev.melancia.router;

import static dev.melancia.router.Fakes.LOCAL;
import static dev.melancia.router.Fakes.PAID;
import static dev.melancia.router.Fakes.answer;
import static dev.melancia.router.Fakes.say;
import static dev.melancia.router.Streams.streams;
import static dev.melancia.router.Streams.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.melancia.MelanciaException;
import dev.melancia.call.Attempt;
import dev.melancia.call.CallRecord;
import dev.melancia.call.Outcome;
import dev.melancia.router.Fakes.Records;
import dev.melancia.router.Streams.Handle;
import dev.melancia.router.Streams.Host;
import dev.melancia.router.Streams.Stream;
import java.net.ConnectException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamingCallTest {

    private final InternalServerException boom = new InternalServerException("boom");

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
    void piecesComeInOrderAndThenTheModelsOwnResponse() throws Exception {
        ChatResponse response = answer("O que é");
        start(Streams.one(new Stream(out -> {
            out.onPartialResponse("O ");
            out.onPartialResponse("que ");
            out.onPartialResponse("é");
            out.onCompleteResponse(response);
        })));

        assertThat(host.untilTheEnd().heard).containsExactly("plain:O ", "plain:que ", "plain:é", "complete");
        assertThat(host.responses.get(0)).isSameAs(response);
        assertThat(record().isStreaming()).isTrue();
        assertThat(record().timeToFirstTokenNanos()).isPresent();
        assertThat(record().answeredBy()).contains(LOCAL.id());
    }

    @Test
    void everyKindOfPieceIsForwardedInTheFormItCame() throws Exception {
        Handle handle = new Handle();
        PartialToolCall call = PartialToolCall.builder()
                .index(0)
                .name("weather")
                .partialArguments("{")
                .build();
        ToolExecutionRequest request =
                ToolExecutionRequest.builder().name("weather").build();
        start(Streams.one(new Stream(out -> {
            out.onPartialThinking(new PartialThinking("hm"));
            out.onPartialThinking(new PartialThinking("ah"), new PartialThinkingContext(handle));
            out.onPartialToolCall(call);
            out.onPartialToolCall(call, new PartialToolCallContext(handle));
            out.onCompleteToolCall(new CompleteToolCall(0, request));
            out.onUnmappedRawEvent("ping");
            out.onPartialResponse("a");
            out.onPartialResponse(new PartialResponse("b"), with(handle));
            out.onCompleteResponse(answer("ab"));
        })));

        assertThat(host.untilTheEnd().heard)
                .containsExactly(
                        "thinking:hm",
                        "thinking:ah",
                        "tool:weather",
                        "tool:weather",
                        "tool done:weather",
                        "raw:ping",
                        "plain:a",
                        "b",
                        "complete");
    }

    @Test
    void anErrorBeforeTheFirstPieceIsFailedOver() throws Exception {
        Stream first = new Stream(out -> {
            out.onUnmappedRawEvent("ping");
            out.onError(boom);
        });
        start(Streams.two(first, streams("Oi", "!")));

        assertThat(host.untilTheEnd().heard).containsExactly("raw:ping", "plain:Oi", "plain:!", "complete");
        assertThat(record().attempts())
                .extracting(Attempt::outcome)
                .containsExactly(Outcome.SERVER_ERROR, Outcome.ANSWERED);
        assertThat(record().fellBack()).isTrue();
        assertThat(record().timeToFirstTokenNanos().orElseThrow())
                .isGreaterThanOrEqualTo(record().attempts().get(1).startOffsetNanos());
    }

    @Test
    void anErrorAfterTheFirstPieceIsTheHosts() throws Exception {
        Stream second = streams("never");
        start(Streams.two(
                new Stream(out -> {
                    out.onPartialResponse("O");
                    out.onError(boom);
                }),
                second));

        assertThat(host.untilTheEnd().heard).containsExactly("plain:O", "error:InternalServerException");
        assertThat(host.errors).containsExactly(boom);
        assertThat(second.asked).isEmpty();
    }

    @Test
    void thinkingCountsAsAPieceThatReachedTheHost() throws Exception {
        Stream second = streams("never");
        start(Streams.two(
                new Stream(out -> {
                    out.onPartialThinking(new PartialThinking("hm"));
                    out.onError(boom);
                }),
                second));

        host.untilTheEnd();
        assertThat(second.asked).isEmpty();
    }

    @Test
    void aCutStreamThatErrsAndThenCompletesEndsOnce() throws Exception {
        start(Streams.one(new Stream(out -> {
            out.onPartialResponse("O");
            out.onError(boom);
            out.onCompleteResponse(answer("O"));
            out.onError(boom);
        })));

        assertThat(host.untilTheEnd().heard).containsExactly("plain:O", "error:InternalServerException");
        assertThat(records.all).hasSize(1);
    }

    @Test
    void aCutStreamBeforeItsFirstPieceIsFailedOverOnce() throws Exception {
        Stream second = streams("Oi");
        start(Streams.two(
                new Stream(out -> {
                    out.onError(boom);
                    out.onCompleteResponse(answer(""));
                    out.onPartialResponse("ghost");
                }),
                second));

        assertThat(host.untilTheEnd().heard).containsExactly("plain:Oi", "complete");
        assertThat(second.asked).hasSize(1);
    }

    @Test
    void completingTwiceEndsOnce() throws Exception {
        start(Streams.one(new Stream(out -> {
            out.onCompleteResponse(answer("a"));
            out.onCompleteResponse(answer("b"));
            out.onPartialResponse("late");
            out.onUnmappedRawEvent("late");
        })));

        assertThat(host.untilTheEnd().heard).containsExactly("complete");
    }

    @Test
    void aFinishWithoutAReasonIsATruncation() throws Exception {
        ChatResponse cut = ChatResponse.builder().aiMessage(AiMessage.from("O")).build();
        start(Streams.one(new Stream(out -> {
            out.onPartialResponse("O");
            out.onCompleteResponse(cut);
        })));

        assertThat(host.untilTheEnd().heard).containsExactly("plain:O", "error:TruncatedAnswerException");
        assertThat(record().outcome()).isEqualTo(Outcome.TRUNCATED);
        assertThat(record().answeredBy()).isEmpty();
        assertThat(host.errors.get(0)).hasMessageContaining("ollama/phi3:mini ended without a finish reason");
    }

    @Test
    void aTruncationBeforeTheFirstPieceIsFailedOver() throws Exception {
        ChatResponse cut = ChatResponse.builder().aiMessage(AiMessage.from("")).build();
        start(Streams.two(new Stream(out -> out.onCompleteResponse(cut)), streams("Oi")));

        assertThat(host.untilTheEnd().heard).containsExactly("plain:Oi", "complete");
    }

    @Test
    void completingWithNullIsAnErrorAndNotSilence() throws Exception {
        start(Streams.one(new Stream(out -> out.onCompleteResponse(null))));

        host.untilTheEnd();
        assertThat(host.errors.get(0))
                .isInstanceOf(MelanciaException.class)
                .hasMessage("ollama/phi3:mini completed with null, which no StreamingChatModel may");
        assertThat(record().outcome()).isEqualTo(Outcome.MALFORMED_RESPONSE);
    }

    @Test
    void anErrorThatIsNullIsStillAnError() throws Exception {
        start(Streams.one(new Stream(out -> out.onError(null))));

        host.untilTheEnd();
        assertThat(host.errors.get(0)).hasMessageContaining("ollama/phi3:mini signalled null as an error");
    }

    @Test
    void aModelThatThrowsFromChatIsFailedOver() throws Exception {
        start(Streams.two(
                new Stream(out -> {
                    throw boom;
                }),
                streams("Oi")));

        assertThat(host.untilTheEnd().heard).containsExactly("plain:Oi", "complete");
    }

    @Test
    void aModelThatThrowsAfterItCompletedChangesNothing() throws Exception {
        start(Streams.one(new Stream(out -> {
            out.onCompleteResponse(answer("Oi"));
            throw boom;
        })));

        assertThat(host.untilTheEnd().heard).containsExactly("complete");
    }

    @Test
    void anInvalidRequestGoesToNoOtherModel() throws Exception {
        Stream second = streams("never");
        InvalidRequestException invalid = new InvalidRequestException("bad");
        start(Streams.two(new Stream(out -> out.onError(invalid)), second));

        assertThat(host.untilTheEnd().errors).containsExactly(invalid);
        assertThat(second.asked).isEmpty();
    }

    @Test
    void anErrorOfTheMachineGoesToTheHostUnchangedAndToNoOtherModel() throws Exception {
        Error error = new LinkageError("no such class");
        Stream second = streams("never");
        start(Streams.two(
                new Stream(out -> {
                    throw error;
                }),
                second));

        assertThat(host.untilTheEnd().errors).containsExactly(error);
        assertThat(second.asked).isEmpty();
    }

    @Test
    void severalFailedStreamsAreToldTogether() throws Exception {
        start(Streams.two(
                new Stream(out -> out.onError(boom)), new Stream(out -> out.onError(new IllegalStateException("x")))));

        host.untilTheEnd();
        assertThat(host.errors.get(0))
                .isInstanceOf(AllModelsFailedException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(host.errors.get(0).getSuppressed()).containsExactly(boom);
    }

    @Test
    void aRefusalByTheOnlyModelIsTriedOnceMore() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        start(Streams.one(new Stream(out -> {
            if (asked.incrementAndGet() == 1) {
                out.onError(new RuntimeException(new ConnectException()));
            } else {
                out.onCompleteResponse(answer("Oi"));
            }
        })));

        assertThat(host.untilTheEnd().heard).containsExactly("complete");
        assertThat(record().attempts())
                .extracting(Attempt::outcome)
                .containsExactly(Outcome.UNREACHABLE, Outcome.ANSWERED);
    }

    @Test
    void withoutLimitsARefusalIsTriedOnceMoreButNotOnTheTimersThread() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        String[] thread = new String[1];
        start(Streams.one(new Stream(out -> {
                    if (asked.incrementAndGet() == 1) {
                        out.onError(new RuntimeException(new ConnectException()));
                    } else {
                        thread[0] = Thread.currentThread().getName();
                        out.onCompleteResponse(answer("Oi"));
                    }
                }))
                .limits(CallLimits.none()));

        assertThat(host.untilTheEnd().heard).containsExactly("complete");
        assertThat(thread[0]).doesNotContain("timer");
    }
}

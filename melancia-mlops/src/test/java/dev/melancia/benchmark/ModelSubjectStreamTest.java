package dev.melancia.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.model.output.TokenUsage;
import dev.melancia.cost.TokenPrice;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import dev.melancia.testkit.ScriptedStreamingChatModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ModelSubjectStreamTest {

    private static final Ask ASK = Ask.of(Question.of("q", "Qual é o prazo?", "30 dias"));
    private static final Duration SHORT = Duration.ofMillis(1);

    private final AtomicLong ticker = new AtomicLong(1_000);

    @Test
    void measuresTheTimeToTheFirstTextAndNotToTheLast() throws Exception {
        StreamingChatModel model = streaming(handler -> {
            ticker.addAndGet(40);
            handler.host.onPartialResponse("");
            ticker.addAndGet(2);
            handler.piece("30");
            ticker.addAndGet(500);
            handler.piece(" dias");
            handler.complete(response("30 dias").build());
        });

        Answer answer = subject(model).price(TokenPrice.free()).build().answer(ASK);

        assertThat(answer.text()).isEqualTo("30 dias");
        assertThat(answer.firstTokenNanos()).hasValue(42);
        assertThat(answer.loadNanos()).isEmpty();
        assertThat(answer.cost()).hasToString("0 USD");
    }

    @Test
    void leavesTheLoadingOutOfTheTimeToTheFirstText() throws Exception {
        StreamingChatModel model = streaming(handler -> {
            ticker.addAndGet(340);
            handler.piece("30 dias");
            handler.complete(ChatResponse.builder()
                    .aiMessage(AiMessage.from("30 dias"))
                    .metadata(new Loaded(OptionalLong.of(300)))
                    .build());
        });

        Answer answer = subject(model).build().answer(ASK);

        assertThat(answer.loadNanos()).hasValue(300);
        assertThat(answer.firstTokenNanos()).hasValue(40);
    }

    @Test
    void aStreamWithoutPiecesHasNoTimeToItsFirstText() throws Exception {
        Answer silent = subject(
                        streaming(hand -> hand.complete(response("30 dias").build())))
                .build()
                .answer(ASK);

        assertThat(silent.firstTokenNanos()).isEmpty();
    }

    @Test
    void anErrorOfTheStreamIsTheFailureOfTheQuestion() {
        RateLimitException busy = new RateLimitException("later");
        Subject subject =
                subject(ScriptedStreamingChatModel.failing(busy, "30")).build();

        assertThatThrownBy(() -> subject.answer(ASK)).isSameAs(busy);
    }

    @Test
    void theFirstEndOfAStreamCounts() throws Exception {
        StreamingChatModel twice = streaming(handler -> {
            handler.piece("30 dias");
            handler.complete(response("30 dias").build());
            handler.host.onError(new IllegalStateException("closed"));
        });

        assertThat(subject(twice).build().answer(ASK).text()).isEqualTo("30 dias");
    }

    @Test
    void aStreamThatNeverEndsIsCancelledAtTheLimit() {
        List<Hand> hands = new ArrayList<>();
        Subject subject = subject(streaming(hand -> {
                    hands.add(hand);
                    hand.piece("30");
                }))
                .limit(SHORT)
                .build();

        assertThatThrownBy(() -> subject.answer(ASK))
                .isInstanceOf(TimeoutException.class)
                .hasMessageStartingWith("the stream must end within PT0.001S");
        assertThat(hands)
                .singleElement()
                .satisfies(hand -> assertThat(hand.isCancelled()).isTrue());
    }

    @Test
    void aStreamThatBeginsAfterTheLimitIsCancelledThen() {
        List<Hand> hands = new ArrayList<>();
        Subject subject = subject(streaming(hands::add)).limit(SHORT).build();

        assertThatThrownBy(() -> subject.answer(ASK)).isInstanceOf(TimeoutException.class);
        Hand late = hands.get(0);
        assertThat(late.isCancelled()).isFalse();

        late.piece("30");
        assertThat(late.isCancelled()).isTrue();
    }

    @Test
    void anInterruptGivesTheStreamUp() throws Exception {
        CompletableFuture<Hand> begun = new CompletableFuture<>();
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Subject subject = subject(streaming(hand -> {
                    hand.piece("30");
                    begun.complete(hand);
                }))
                .build();
        Thread asking = new Thread(() -> {
            try {
                subject.answer(ASK);
            } catch (Exception e) {
                ended.complete(e);
            }
        });
        asking.start();
        Hand hand = begun.get(10, TimeUnit.SECONDS);

        asking.interrupt();

        assertThat(ended.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        assertThat(hand.isCancelled()).isTrue();
    }

    private ModelSubject.Builder subject(StreamingChatModel model) {
        return ModelSubject.builder("m", model).nanoTicker(ticker::get);
    }

    private static ChatResponse.Builder response(String text) {
        return ChatResponse.builder().aiMessage(AiMessage.from(text)).tokenUsage(new TokenUsage(10, 5));
    }

    private interface Behaviour {
        void stream(Hand hand);
    }

    private static StreamingChatModel streaming(Behaviour behaviour) {
        return new StreamingChatModel() {
            @Override
            public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                behaviour.stream(new Hand(handler));
            }
        };
    }

    /** One stream in the hand of a test. */
    private static final class Hand implements StreamingHandle {

        private final StreamingChatResponseHandler host;
        private boolean cancelled;

        private Hand(StreamingChatResponseHandler host) {
            this.host = host;
        }

        private void piece(String text) {
            host.onPartialResponse(new PartialResponse(text), new PartialResponseContext(this));
        }

        private void complete(ChatResponse response) {
            host.onCompleteResponse(response);
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }
    }
}

package dev.melancia.examples.extractive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.melancia.examples.extractive.Questions.Question;
import dev.melancia.provider.ModelId;
import dev.melancia.provider.ModelSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class StreamingTest {

    static final List<ModelId> MODELS = List.of(Questions.SENTENCE, Questions.PASSAGE);

    private static final String QUESTION = "O que é uma clean room?";

    @ParameterizedTest
    @FieldSource("MODELS")
    void piecesMakeUpTheBlockingAnswerAndOneTerminalEndsThem(ModelId id) {
        StreamingChatModel streaming = streaming(id);
        ChatModel blocking = Questions.model(id);
        for (Question question : Questions.measuring()) {
            Recorder recorder = new Recorder((pieces, context) -> {});
            streaming.chat(question.question(), recorder);

            String answer = blocking.chat(question.question());
            assertThat(String.join("", recorder.pieces)).isEqualTo(answer);
            assertThat(recorder.pieces).hasSizeGreaterThan(5);
            assertThat(recorder.errors).isEmpty();
            assertThat(recorder.responses).hasSize(1);
            assertThat(recorder.responses.get(0).aiMessage().text()).isEqualTo(answer);
            assertThat(recorder.responses.get(0).tokenUsage().outputTokenCount())
                    .isEqualTo(recorder.pieces.size());
        }
    }

    @Test
    void cancelEndsTheStreamWithoutATerminal() {
        Recorder recorder = new Recorder((pieces, context) -> {
            if (pieces == 3) {
                context.streamingHandle().cancel();
            }
        });
        streaming(Questions.PASSAGE).chat(QUESTION, recorder);

        assertThat(recorder.pieces).hasSize(3);
        assertThat(recorder.responses).isEmpty();
        assertThat(recorder.errors).isEmpty();
    }

    @Test
    void handlerThatFailsOnAPieceHearsOneErrorAndNothingMore() {
        IllegalStateException failure = new IllegalStateException("handler");
        Recorder recorder = new Recorder((pieces, context) -> {
            throw failure;
        });
        streaming(Questions.PASSAGE).chat(QUESTION, recorder);

        assertThat(recorder.pieces).hasSize(1);
        assertThat(recorder.errors).containsExactly(failure);
        assertThat(recorder.responses).isEmpty();
    }

    @Test
    void refusedRequestIsOneErrorSignal() {
        Recorder recorder = new Recorder((pieces, context) -> {});
        ChatRequest request = ChatRequest.builder()
                .messages(UserMessage.from(QUESTION))
                .modelName("book")
                .build();
        streaming(Questions.SENTENCE).chat(request, recorder);

        assertThat(recorder.errors).hasSize(1).first().isInstanceOf(ModelNotFoundException.class);
        assertThat(recorder.pieces).isEmpty();
        assertThat(recorder.responses).isEmpty();
    }

    @Test
    void handlerOfThePlainFormGetsTheWholeText() {
        StringBuilder text = new StringBuilder();
        streaming(Questions.SENTENCE).chat(QUESTION, new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String piece) {
                text.append(piece);
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                text.append('.');
            }

            @Override
            public void onError(Throwable error) {
                text.append(error);
            }
        });

        assertThat(text).hasToString(Questions.model(Questions.SENTENCE).chat(QUESTION) + ".");
    }

    private static StreamingChatModel streaming(ModelId id) {
        return new ExtractiveProvider().streamingChatModel(ModelSettings.of(id));
    }

    private static final class Recorder implements StreamingChatResponseHandler {

        final List<String> pieces = new ArrayList<>();
        final List<ChatResponse> responses = new ArrayList<>();
        final List<Throwable> errors = new ArrayList<>();

        private final BiConsumer<Integer, PartialResponseContext> onPiece;

        Recorder(BiConsumer<Integer, PartialResponseContext> onPiece) {
            this.onPiece = onPiece;
        }

        @Override
        public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
            pieces.add(piece.text());
            onPiece.accept(pieces.size(), context);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            responses.add(response);
        }

        @Override
        public void onError(Throwable error) {
            errors.add(error);
        }
    }
}

package dev.melancia.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptedStreamingChatModelTest {

    @Test
    void streamsItsPiecesAndCompletes() {
        StreamRecorder stream = new StreamRecorder();
        ScriptedStreamingChatModel model =
                ScriptedStreamingChatModel.answering("Ol", "á").withTokenUsage(new TokenUsage(3, 2));

        model.chat("hi", stream);

        ChatResponse response = stream.response().orElseThrow();
        assertThat(stream.pieces()).containsExactly("Ol", "á");
        assertThat(response.aiMessage().text()).isEqualTo("Olá");
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(response.tokenUsage().totalTokenCount()).isEqualTo(5);
        assertThat(model.requests()).hasSize(1);
    }

    @Test
    void failsAfterPiecesThenTruncatesThenStalls() {
        StreamRecorder failing = new StreamRecorder();
        StreamRecorder truncated = new StreamRecorder();
        StreamRecorder stalling = new StreamRecorder();

        ScriptedStreamingChatModel.failing(new TimeoutException("slow"), "Ol").chat("hi", failing);
        ScriptedStreamingChatModel.truncated("Ol").chat("hi", truncated);
        ScriptedStreamingChatModel.stalling("Ol").chat("hi", stalling);

        assertThat(failing.pieces()).containsExactly("Ol");
        assertThat(failing.error()).containsInstanceOf(TimeoutException.class);
        assertThat(truncated.response().orElseThrow().finishReason()).isNull();
        assertThat(stalling.pieces()).containsExactly("Ol");
        assertThat(stalling.terminals()).isEmpty();
    }

    @Test
    void passesWholeResponsesOnUntouchedAndWhatTheScriptThrowsAsAnError() {
        StreamRecorder told = new StreamRecorder();
        StreamRecorder asking = new StreamRecorder();
        StreamRecorder failing = new StreamRecorder();
        ChatResponse text =
                ChatResponse.builder().aiMessage(AiMessage.from("Olá")).build();
        ChatResponse tool = ChatResponse.builder()
                .aiMessage(AiMessage.from(
                        ToolExecutionRequest.builder().id("1").name("stock").build()))
                .build();

        ScriptedStreamingChatModel.responding(request -> text).chat("hi", told);
        ScriptedStreamingChatModel.responding(request -> tool).chat("hi", asking);
        ScriptedStreamingChatModel.responding(request -> {
                    throw new TimeoutException("slow");
                })
                .chat("hi", failing);

        assertThat(told.pieces()).containsExactly("Olá");
        assertThat(told.response()).containsSame(text);
        assertThat(asking.pieces()).isEmpty();
        assertThat(asking.response()).containsSame(tool);
        assertThat(failing.error()).containsInstanceOf(TimeoutException.class);
    }

    @Test
    void saysNothingMoreAfterACancel() {
        List<String> heard = new ArrayList<>();
        ScriptedStreamingChatModel.answering("a", "b", "c").chat("hi", new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
                heard.add(piece.text());
                context.streamingHandle().cancel();
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                heard.add("complete");
            }

            @Override
            public void onError(Throwable error) {
                heard.add("error");
            }
        });

        assertThat(heard).containsExactly("a");
    }
}

package dev.melancia.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.call.CallContext;
import dev.melancia.provider.ModelId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolTurnsTest {

    private static final ModelId MODEL = ModelId.of("ollama/llama3.2:3b");
    private static final AiMessage ASKS = AiMessage.from(ToolExecutionRequest.builder()
            .id("call_0")
            .name("weather")
            .arguments("{}")
            .build());

    private final ToolTurns turns = new ToolTurns();

    @Test
    void findsTheCallThatAsked() {
        CallContext ana = user("ana");
        asked("Chove em Recife?", ana);
        assertThat(turns.of(result("Chove em Recife?"))).hasValueSatisfying(turn -> {
            assertThat(turn.context()).isSameAs(ana);
            assertThat(turn.model()).isEqualTo(MODEL);
        });
    }

    @Test
    void tellsConversationsApartWhenAServerRepeatsItsIds() {
        CallContext ana = user("ana");
        CallContext bia = user("bia");
        asked("Chove em Recife?", ana);
        asked("Chove em Natal?", bia);
        assertThat(turns.of(result("Chove em Recife?")).map(ToolTurns.Turn::context))
                .contains(ana);
        assertThat(turns.of(result("Chove em Natal?")).map(ToolTurns.Turn::context))
                .contains(bia);
    }

    @Test
    void takesNoUserForAnotherWhenEverythingElseIsTheSame() {
        asked("Chove em Recife?", user("ana"));
        asked("Chove em Recife?", user("bia"));
        assertThat(turns.of(result("Chove em Recife?"))).isEmpty();
    }

    @Test
    void findsTheUserWhoAskedTheSameTwice() {
        CallContext again = user("ana");
        asked("Chove em Recife?", user("ana"));
        asked("Chove em Recife?", again);
        assertThat(turns.of(result("Chove em Recife?")).map(ToolTurns.Turn::context))
                .contains(again);
    }

    @Test
    void knowsNothingOfOtherTurns() {
        asked("Chove em Recife?", user("ana"));
        assertThat(turns.of(List.of(UserMessage.from("Oi")))).isEmpty();
        assertThat(turns.of(List.of())).isEmpty();
        assertThat(turns.of(List.of(ToolExecutionResultMessage.from("call_9", "weather", "sim"))))
                .isEmpty();
    }

    private void asked(String question, CallContext context) {
        turns.asked(
                List.of(UserMessage.from(question)),
                ChatResponse.builder().aiMessage(ASKS).build(),
                new ToolTurns.Turn(context, MODEL));
    }

    private static List<ChatMessage> result(String question) {
        return List.of(UserMessage.from(question), ASKS, ToolExecutionResultMessage.from("call_0", "weather", "sim"));
    }

    private static CallContext user(String id) {
        return CallContext.builder().userId(id).build();
    }
}

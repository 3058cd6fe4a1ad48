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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolTurnsTest {

    private static final ModelId MODEL = ModelId.of("ollama/llama3.2:3b");
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
    void takesNoUserForAnotherWhenTheirOwnCallIsForgotten() {
        asked("Chove em Recife?", user("ana"));
        assertThat(turns.of(result("Chove em Natal?"))).isEmpty();
    }

    @Test
    void takesNoConversationForAnother() {
        asked(
                "Chove em Recife?",
                CallContext.builder().userId("ana").conversationId("1").build());
        asked(
                "Chove em Recife?",
                CallContext.builder().userId("ana").conversationId("2").build());
        assertThat(turns.of(result("Chove em Recife?"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"call_9Yc1SgfRnYkFL2dPq7sWz0aB", "5f0c1a9e-7d2b-4c3e-9a61-0b8f3c2d7e44"})
    void anIdThatLooksRandomStandsForItself(String id) {
        CallContext ana = user("ana");
        asked("Chove em Recife?", ana, id);
        assertThat(turns.of(result("resumo", id)).map(ToolTurns.Turn::context)).contains(ana);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "call_12", "functions.get_current_weather_forecast:0", "get_current_weather_forecast_01"})
    void anIdThatMayComeAgainDoesNot(String id) {
        asked("Chove em Recife?", user("ana"), id);
        assertThat(turns.of(result("resumo", id))).isEmpty();
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
        asked(question, context, "call_0");
    }

    private void asked(String question, CallContext context, String id) {
        turns.asked(
                List.of(UserMessage.from(question)),
                ChatResponse.builder().aiMessage(asks(id)).build(),
                new ToolTurns.Turn(context, MODEL));
    }

    private static List<ChatMessage> result(String question) {
        return result(question, "call_0");
    }

    private static List<ChatMessage> result(String question, String id) {
        return List.of(UserMessage.from(question), asks(id), ToolExecutionResultMessage.from(id, "weather", "sim"));
    }

    private static AiMessage asks(String id) {
        return AiMessage.from(ToolExecutionRequest.builder()
                .id(id)
                .name("weather")
                .arguments("{}")
                .build());
    }

    private static CallContext user(String id) {
        return CallContext.builder().userId(id).build();
    }
}

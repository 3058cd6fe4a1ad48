package dev.melancia.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChatJsonTest {

    private static final ToolExecutionRequest TOOL = ToolExecutionRequest.builder()
            .id("t1")
            .name("prazo")
            .arguments("{\"uf\":\"SP\"}")
            .build();

    @Test
    void aConversationWithToolsAndPicturesIsWrittenInOpenaisForm() {
        assertThat(ChatJson.question(
                        List.of(
                                SystemMessage.from("Seja breve"),
                                UserMessage.from(
                                        TextContent.from("Qual?"), ImageContent.from("https://example.com/a.png")),
                                AiMessage.from(TOOL),
                                ToolExecutionResultMessage.from(TOOL, "30 dias")),
                        1_000))
                .isEqualTo("{\"messages\":[{\"role\":\"system\",\"content\":\"Seja breve\"},"
                        + "{\"role\":\"user\",\"content\":\"Qual?\\n[image]\"},"
                        + "{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"id\":\"t1\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"prazo\",\"arguments\":\"{\\\"uf\\\":\\\"SP\\\"}\"}}]},"
                        + "{\"role\":\"tool\",\"content\":\"30 dias\",\"tool_call_id\":\"t1\"}]}");
    }

    @Test
    void ofALongConversationTheEndStaysAndWhatIsLeftOutIsTold() {
        assertThat(ChatJson.question(
                        List.of(UserMessage.from("first"), AiMessage.from("second"), UserMessage.from("0123456789")),
                        4))
                .isEqualTo("{\"messages\":[{\"role\":\"system\",\"content\":\"[2 earlier messages are left out]\"},"
                        + "{\"role\":\"user\",\"content\":\"0123… [cut: the first 4 of 10 characters]\"}]}");
        assertThat(ChatJson.answer(AiMessage.from("0123456789"), 4))
                .isEqualTo("{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":"
                        + "\"0123… [cut: the first 4 of 10 characters]\"}}]}");
    }

    @Test
    void promptVersionsAreReadInBothForms() {
        assertThat(PromptLabel.of("answer/3")).contains(new PromptLabel("answer", 3));
        assertThat(PromptLabel.of("a/b@12")).contains(new PromptLabel("a/b", 12));
        assertThat(PromptLabel.of("answer")).isEmpty();
        assertThat(PromptLabel.of("answer/latest")).isEmpty();
        assertThat(PromptLabel.of("answer/99999999999")).isEmpty();
    }
}

package dev.melancia.provider.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LastLineTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true}",
                "{ \"done_reason\" : \"stop\", \"done\" : true, \"message\" : {} }",
                "{\"message\":{\"tool_calls\":[{\"function\":{\"arguments\":{\"done\":false}}}]},\"done\":true}"
            })
    void knowsTheEnd(String line) {
        assertThat(LastLine.test(line)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"message\":{\"content\":\"Once\"},\"done\":false}",
                "{\"message\":{\"content\":\"I am \\\"done\\\":true\"},\"done\":false}",
                "{\"message\":{\"tool_calls\":[{\"function\":{\"arguments\":{\"done\":true}}}]},\"done\":false}",
                "{\"message\":{\"tool_calls\":[{\"function\":{\"arguments\":{\"error\":\"x\"}}}]},\"done\":false}",
                "{\"message\":{\"content\":\"done\"}}",
                "{\"model\":\"m\",\"done_reason\":\"stop\",\"done\":true}",
                "{\"message\":null,\"done\":true}",
                "[{\"done\":true}]",
                "\"done\"",
                "{\"done\":",
                "<html>",
                ""
            })
    void takesNothingElseForIt(String line) {
        assertThat(LastLine.test(line)).isFalse();
    }
}

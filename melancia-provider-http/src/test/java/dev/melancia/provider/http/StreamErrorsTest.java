package dev.melancia.provider.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamErrorsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"error\":\"unexpected EOF\"} | 500",
                "{\"error\":{\"message\":\"unexpected EOF\"}} | 500",
                "{\"error\":{\"message\":\"slow down\",\"code\":429}} | 429",
                "{\"id\":\"x\",\"error\":{\"code\":502,\"message\":\"gone\"},\"choices\":[]} | 502",
                "{\"error\":{\"code\":200,\"message\":\"?\"}} | 500",
                "{\"error\":{\"code\":99999999999,\"message\":\"?\"}} | 500",
                "{\"error\":{\"code\":\"rate_limit\",\"message\":\"?\"}} | 500"
            })
    void findsAnErrorAndWhatStatusItStandsFor(String event, int status) {
        assertThat(StreamErrors.statusOf(event)).hasValue(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"choices\":[{\"delta\":{\"content\":\"x\"}}],\"error\":null}",
                "{\"error\":\" \",\"done\":false}",
                "{\"message\":{\"tool_calls\":[{\"function\":{\"arguments\":{\"error\":\"x\"}}}]},\"done\":false}",
                "{\"message\":{\"content\":\"say \\\"error\\\": \\\"x\\\"\"}}",
                "{\"logprobs\":[{\"token\":\"error\"}]}",
                "[{\"error\":\"x\"}]",
                "{\"error\":",
                "[DONE]",
                ""
            })
    void takesNothingElseForOne(String event) {
        assertThat(StreamErrors.statusOf(event)).isEmpty();
    }
}

package dev.melancia.provider.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @Test
    void readsThoseOfTheAnswersOwnObject() {
        String line =
                "{\"message\":{\"content\":\"\\\"load_duration\\\":1\",\"tool_calls\":[{\"function\":{\"arguments\":"
                        + "{\"load_duration\":2,\"eval_duration\":3}}}]},\"done\":true,\"load_duration\":4,\"eval_duration\":5}";

        assertThat(Durations.read(line)).isEqualTo(new Durations(4, Durations.NOT_SAID, 5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"message\":{\"content\":\"\\\"load_duration\\\":1\"},\"done\":false}",
                "{\"load_duration\":\"soon\",\"eval_duration\":null,\"prompt_eval_duration\":{\"load_duration\":1}}",
                "{\"load_duration\":-1}",
                "{\"load_duration\":99999999999999999999}",
                "{\"load_duration\":",
                "[{\"load_duration\":1}]",
                "\"load_duration\"",
                ""
            })
    void takesNothingElseForThem(String line) {
        assertThat(Durations.read(line).areUnknown()).isTrue();
    }
}

package dev.melancia.mlflow.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetInputTest {

    private static final String RUN = "0123456789abcdef0123456789abcdef";
    private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{url: x}",
                "{\"a\":1},\"type\":\"run_ended\",\"x\":{}",
                "{} {}",
                "{\"a\":}",
                "{\"a\":[1}",
                "{",
                "[]",
                "\"a\"",
                "",
                "{\"a\":NaN}",
                "{}// {}",
                "{\"a\":\n1}"
            })
    void aSourceIsOneJsonObjectAndNothingElse(String json) {
        DatasetInput.Builder dataset = DatasetInput.builder("d", "1");
        assertThatThrownBy(() -> dataset.source("local", json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dataset source must be one JSON object on one line");
    }

    @Test
    void anEscapedLoneSurrogateCouldNotBeReadBack() {
        DatasetInput.Builder dataset = DatasetInput.builder("d", "1");
        assertThatThrownBy(() -> dataset.schema("{\"a\":\"\\ud800\"}")).hasMessageContaining("lone surrogate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"a\":[{\"b\":\"x\"},1.5,null,true]}", "{\"a\":\"\\ud83d\\ude00\"}"})
    void whatIsAcceptedIsReadBack(String json) {
        DatasetInput dataset =
                DatasetInput.builder("d", "1").source("local", json).build();
        TrackingEvent read = EventCodec.decode(EventCodec.encode(new RunEvent.Dataset(RUN, AT, dataset)))
                .orElseThrow();
        assertThat(((RunEvent.Dataset) read).dataset().source()).isEqualTo(json.replace("\\ud83d\\ude00", "😀"));
    }

    @Test
    void aKindOfSourceAndADigestHaveAtMost36Characters() {
        DatasetInput.Builder dataset = DatasetInput.builder("d".repeat(500), "1".repeat(36));
        dataset.source("k".repeat(36), "{}");
        assertThatThrownBy(() -> dataset.source("k".repeat(37), "{}"))
                .hasMessageContaining("dataset source type must have at most 36 characters, had 37");
        assertThatThrownBy(() -> DatasetInput.builder("d", "1".repeat(37)))
                .hasMessageContaining("dataset digest must have at most 36 characters, had 37");
    }

    @Test
    void aTextAsDeepAsIsAcceptedIsReadBack() {
        String deepest = "{\"a\":" + "[".repeat(899) + "]".repeat(899) + "}";
        DatasetInput dataset =
                DatasetInput.builder("d", "1").source("local", deepest).build();
        assertThat(EventCodec.decode(EventCodec.encode(new RunEvent.Dataset(RUN, AT, dataset))))
                .isPresent();
        String deeper = "{\"a\":" + "[".repeat(900) + "]".repeat(900) + "}";
        assertThatThrownBy(() -> DatasetInput.builder("d", "1").source("local", deeper))
                .hasMessageContaining("at most 900 levels");
    }
}

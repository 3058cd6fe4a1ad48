package dev.melancia.mlflow.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunEventTest {

    private static final String RUN = "0123456789abcdef0123456789abcdef";
    private static final Instant AT = Instant.parse("2026-11-22T10:00:00.123456Z");

    @Test
    void everyEventIsReadBackAsItWasWritten() {
        RunEvent[] events = {
            new RunEvent.Started(RUN, AT, "Experimento nº 1", "first \"run\""),
            new RunEvent.Param(RUN, AT, "lr", "0.1\nção"),
            new RunEvent.Param(RUN, AT, "empty", ""),
            new RunEvent.Metric(RUN, "precisão/日本", new MetricPoint(0.1 + 0.2, -3, AT)),
            new RunEvent.Metric(RUN, "m", new MetricPoint(Double.NaN, Long.MAX_VALUE, AT)),
            new RunEvent.Metric(RUN, "m", new MetricPoint(Double.NEGATIVE_INFINITY, 0, AT)),
            new RunEvent.Tag(RUN, AT, "mlflow.note.content", "a\tb"),
            new RunEvent.Artifact(RUN, AT, "dir/relatório (1).json", 12),
            new RunEvent.Ended(RUN, AT, RunOutcome.FAILED),
        };
        for (RunEvent event : events) {
            assertThat(EventCodec.decode(EventCodec.encode(event))).contains(event);
        }
    }

    @Test
    void everyFiniteDoubleIsReadBackBitForBit() {
        Random random = new Random(42);
        for (int i = 0; i < 2_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            RunEvent event = new RunEvent.Metric(RUN, "m", new MetricPoint(value, 0, AT));
            assertThat(EventCodec.decode(EventCodec.encode(event)))
                    .as("seed 42, case %d", i)
                    .contains(event);
        }
    }

    /** The lines of version 1 as they were first written; they must parse for ever. */
    @Test
    void theLinesOfVersionOneNeverChange() {
        String prefix = "{\"v\":1,\"type\":\"";
        String common = "\",\"run\":\"" + RUN + "\",\"at\":1795341600123456,";
        assertThat(line(new RunEvent.Metric(RUN, "m", new MetricPoint(Double.NaN, 2, AT))))
                .isEqualTo(prefix + "metric" + common + "\"key\":\"m\",\"value\":\"NaN\",\"step\":2}");
        assertThat(line(new RunEvent.Started(RUN, AT, "e", "n")))
                .isEqualTo(prefix + "run_started" + common + "\"experiment\":\"e\",\"name\":\"n\"}");
        assertThat(line(new RunEvent.Param(RUN, AT, "k", "v")))
                .isEqualTo(prefix + "param" + common + "\"key\":\"k\",\"value\":\"v\"}");
        assertThat(line(new RunEvent.Tag(RUN, AT, "k", "v")))
                .isEqualTo(prefix + "tag" + common + "\"key\":\"k\",\"value\":\"v\"}");
        assertThat(line(new RunEvent.Artifact(RUN, AT, "a/b.txt", 3)))
                .isEqualTo(prefix + "artifact" + common + "\"path\":\"a/b.txt\",\"bytes\":3}");
        assertThat(line(new RunEvent.Ended(RUN, AT, RunOutcome.FINISHED)))
                .isEqualTo(prefix + "run_ended" + common + "\"outcome\":\"FINISHED\"}");
    }

    @Test
    void foreignLinesAndUnknownFieldsAreIgnored() {
        assertThat(decode("{\"v\":7,\"type\":\"call\",\"x\":{\"y\":[1]}}")).isEmpty();
        assertThat(decode("{}")).isEmpty();
        assertThat(decode("{\"v\":2,\"type\":\"run_ended\",\"run\":\"" + RUN
                        + "\",\"at\":0,\"new\":{\"deep\":[1,2]},\"outcome\":\"KILLED\"}"))
                .contains(new RunEvent.Ended(RUN, Instant.EPOCH, RunOutcome.KILLED));
    }

    @Test
    void aBrokenEventSaysWhatIsMissing() {
        assertThatThrownBy(() -> decode("{\"type\":\"tag\",\"run\":\"" + RUN + "\",\"at\":0,\"key\":\"k\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must have value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b.c-d_e:f g", "é", "日本", "½ ⅷ٣", " ", "a..b", ".a"})
    void acceptsTheKeysThatMlflowAccepts(String key) {
        assertThatCode(() -> new RunEvent.Tag(RUN, AT, key, "")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b", "100%", "f(x)", "a\tb", "e\u0301", "", "/a", "a/", "a//b", ".", "..", "a/../b", "a/./b", "..a"
            })
    void refusesTheKeysThatMlflowRefuses(String key) {
        assertThatThrownBy(() -> new RunEvent.Metric(RUN, key, new MetricPoint(1, 0, AT)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("metric key");
    }

    @Test
    void aKeyWithAnAtSignIsNamedInTheError() {
        assertThatThrownBy(() -> new RunEvent.Param(RUN, AT, "recall@5", "x"))
                .hasMessage(
                        "parameter key may only have letters, digits and _ - . : / and space, had '@' in \"recall@5\"");
    }

    @Test
    void aKeyHasAtMost250Characters() {
        assertThatCode(() -> new RunEvent.Tag(RUN, AT, "日".repeat(250), "")).doesNotThrowAnyException();
        assertThatThrownBy(() -> new RunEvent.Tag(RUN, AT, "k".repeat(251), ""))
                .hasMessageContaining("tag key must have at most 250 characters, had 251");
    }

    @Test
    void valuesThatMlflowWouldCutAreRefused() {
        assertThatThrownBy(() -> new RunEvent.Param(RUN, AT, "k", "x".repeat(6001)))
                .hasMessageContaining("at most 6000 characters, had 6001; store it as an artifact");
        assertThatThrownBy(() -> new RunEvent.Tag(RUN, AT, "k", "x".repeat(8001)))
                .hasMessageContaining("8000");
    }

    @Test
    void namesLongerThanTheColumnsOfMlflowAreRefused() {
        assertThatCode(() -> new RunEvent.Started(RUN, AT, "e".repeat(256), "n".repeat(250)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> new RunEvent.Started(RUN, AT, "e", "n".repeat(251)))
                .hasMessageContaining("run name must have at most 250 characters, had 251");
        assertThatThrownBy(() -> new RunEvent.Started(RUN, AT, "e".repeat(257), "n"))
                .hasMessageContaining("experiment must have at most 256 characters, had 257");
        assertThatThrownBy(() -> new RunEvent.Resumed(RUN, AT, "e".repeat(257))).hasMessageContaining("256");
        assertThatThrownBy(() -> new TraceTarget(RUN, "e".repeat(257), java.util.Optional.empty()))
                .hasMessageContaining("256");
    }

    @Test
    void textThatHasNoUtf8FormIsRefused() {
        assertThatThrownBy(() -> new RunEvent.Tag(RUN, AT, "k", "\ud800")).hasMessageContaining("well-formed");
        assertThatThrownBy(() -> new RunEvent.Tag(RUN, AT, "k", "a\0b")).hasMessageContaining("U+0000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/etc/passwd", "a/../../b", "..", "a/", "a\\b", "a\nb", "./a"})
    void artifactPathsStayInsideTheRun(String path) {
        assertThatThrownBy(() -> new RunEvent.Artifact(RUN, AT, path, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void timesBefore1970AreRefused() {
        assertThatThrownBy(() -> new MetricPoint(1, 0, Instant.EPOCH.minusNanos(1)))
                .hasMessageContaining("1970");
    }

    private static String line(RunEvent event) {
        return new String(EventCodec.encode(event), StandardCharsets.UTF_8);
    }

    private static java.util.Optional<TrackingEvent> decode(String line) {
        return EventCodec.decode(line.getBytes(StandardCharsets.UTF_8));
    }
}

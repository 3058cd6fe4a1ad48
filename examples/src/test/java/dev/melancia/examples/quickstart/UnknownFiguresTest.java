package dev.melancia.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.drift.DriftDetector;
import dev.melancia.drift.DriftReport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What was not measured is told as unknown, never as nought or as well. */
class UnknownFiguresTest {

    private static final double[] VALUES =
            IntStream.range(0, 100).asDoubleStream().toArray();

    @Test
    void costOfUnknownTokensIsUnknown() {
        TrafficFigures unknown = new TrafficFigures(List.of());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Summary(new PrintStream(out, true, StandardCharsets.UTF_8)).cost(unknown);

        assertThat(unknown.at(1_000)).isEmpty();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .containsPattern("(?m)^.* 450 +0\\.45 +unknown$")
                .containsPattern("(?m)^.* 30 +30\\.00 +unknown$");
    }

    @Test
    void tooFewValuesAreTaggedAsNotJudged() {
        assertThat(Tracking.driftTag(checked(VALUES))).isEqualTo("stable");
        assertThat(Tracking.driftTag(checked(1, 2, 3))).isEqualTo("not judged");
        assertThat(Tracking.driftTag(
                        checked(IntStream.range(500, 600).asDoubleStream().toArray())))
                .isEqualTo("drifted");
    }

    private static DriftReport checked(double... current) {
        return DriftDetector.builder().baseline("latency", "ms", VALUES).build().check(Map.of("latency", current));
    }
}

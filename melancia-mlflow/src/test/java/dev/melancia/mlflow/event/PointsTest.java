package dev.melancia.mlflow.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PointsTest {

    private static final String RUN = "0123456789abcdef0123456789abcdef";
    private static final Instant AT = Instant.parse("2026-11-22T10:00:00.000001Z");

    @Test
    void isWrittenAsArraysWhoseStepsAndTimesAreDifferences() {
        RunEvent.Points points = new RunEvent.Points(
                RUN,
                "loss",
                List.of(
                        new MetricPoint(0.5, 7, AT),
                        new MetricPoint(Double.NaN, 8, AT.plusSeconds(1)),
                        new MetricPoint(Double.NEGATIVE_INFINITY, 8, AT)));
        assertThat(new String(EventCodec.encode(points), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"v\":1,\"type\":\"points\",\"run\":\"" + RUN + "\",\"at\":1795341600000001,\"key\":\"loss\","
                                + "\"values\":[0.5,\"NaN\",\"-Infinity\"],\"steps\":[7,1,0],"
                                + "\"times\":[1795341600000001,1000000,-1000000]}");
        assertThat(EventCodec.decode(EventCodec.encode(points))).contains(points);
    }

    @Test
    void anyPointsAreReadBackBitForBit() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            RunEvent.Points points = new RunEvent.Points(RUN, "é/1", randomPoints(random));
            assertThat(EventCodec.decode(EventCodec.encode(points)))
                    .as("seed %d", seed)
                    .contains(points);
        }
    }

    @Test
    void isTheSameAsSingleEvents() {
        List<MetricPoint> points = List.of(new MetricPoint(1, 0, AT), new MetricPoint(2, 1, AT));
        assertThat(new RunEvent.Points(RUN, "m", points).metrics())
                .containsExactly(
                        new RunEvent.Metric(RUN, "m", points.get(0)), new RunEvent.Metric(RUN, "m", points.get(1)));
    }

    @Test
    void hasOneToAThousandPoints() {
        MetricPoint point = new MetricPoint(1, 0, AT);
        assertThatThrownBy(() -> new RunEvent.Points(RUN, "m", List.of()))
                .hasMessage("there must be 1 to 1000 points in one event, were 0");
        assertThatThrownBy(() -> new RunEvent.Points(RUN, "m", Collections.nCopies(1_001, point)))
                .hasMessage("there must be 1 to 1000 points in one event, were 1001");
        RunEvent.Points most = new RunEvent.Points(RUN, "m", Collections.nCopies(1_000, point));
        assertThat(EventCodec.decode(EventCodec.encode(most))).contains(most);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"values\":[1],\"steps\":[0,1],\"times\":[5]",
                "\"values\":[1],\"steps\":[0]",
                "\"values\":[\"x\"],\"steps\":[0],\"times\":[5]",
                "\"values\":[1],\"steps\":[0.5],\"times\":[5]",
                "\"values\":[1],\"steps\":[0],\"times\":[-5]",
                "\"values\":[[1]],\"steps\":[0],\"times\":[5]",
                "\"values\":[],\"steps\":[],\"times\":[]",
                "\"values\":[1,2"
            })
    void brokenPointsAreRefused(String arrays) {
        String line = "{\"v\":1,\"type\":\"points\",\"run\":\"" + RUN + "\",\"at\":5,\"key\":\"m\"," + arrays + "}";
        assertThatThrownBy(() -> EventCodec.decode(line.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<MetricPoint> randomPoints(Random random) {
        List<MetricPoint> points = new ArrayList<>();
        for (int count = 1 + random.nextInt(50); count > 0; count--) {
            double value = Double.longBitsToDouble(random.nextLong());
            long step = random.nextBoolean() ? random.nextLong() : random.nextInt(10);
            Instant at = AT.plus(random.nextInt(2_000) - 1_000L, ChronoUnit.MICROS);
            points.add(new MetricPoint(Double.isNaN(value) ? Double.NaN : value, step, at));
        }
        return points;
    }
}

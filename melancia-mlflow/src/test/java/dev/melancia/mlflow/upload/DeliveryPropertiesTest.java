package dev.melancia.mlflow.upload;

import static dev.melancia.mlflow.upload.UploaderFixture.AT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.mlflow.event.DatasetInput;
import dev.melancia.mlflow.event.MetricPoint;
import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.event.RunOutcome;
import dev.melancia.mlflow.event.TrackingEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random events; the seed of a failing case is in its message. */
class DeliveryPropertiesTest {

    private static final int CASES = 40;

    @Test
    void aPlanKeepsTheOrderOfEachRunLosesNothingAndStaysWithinTheLimits() {
        for (long seed = 0; seed < CASES; seed++) {
            List<RunEvent> events = events(new Random(seed));
            Map<String, List<RunEvent>> planned = new HashMap<>();
            for (Delivery delivery : Delivery.plan(List.copyOf(events))) {
                for (TrackingEvent any : delivery.events()) {
                    RunEvent event = (RunEvent) any;
                    planned.computeIfAbsent(event.runId(), run -> new ArrayList<>())
                            .add(event);
                }
                if (delivery instanceof Delivery.Log log) {
                    assertLimits(seed, log.batch());
                }
            }
            for (Map.Entry<String, List<RunEvent>> run : planned.entrySet()) {
                List<RunEvent> recorded = events.stream()
                        .filter(e -> e.runId().equals(run.getKey()))
                        .toList();
                assertThat(run.getValue()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(recorded);
                assertThat(ordered(run.getValue())).as("seed %d", seed).isEqualTo(ordered(recorded));
            }
            assertThat(planned.values().stream().mapToInt(List::size).sum())
                    .as("seed %d", seed)
                    .isEqualTo(events.size());
        }
    }

    @Test
    void halvingABatchKeepsItsEventsInOrder() {
        LogBatch batch = new LogBatch(UploaderFixture.runId(1));
        for (int i = 0; i < 7; i++) {
            batch.add(UploaderFixture.metric(batch.runId(), "m", i));
        }
        List<RunEvent> joined = new ArrayList<>();
        batch.halves().forEach(half -> joined.addAll(half.events()));
        assertThat(batch.halves()).extracting(half -> half.events().size()).containsExactly(3, 4);
        assertThat(joined).isEqualTo(batch.events());
    }

    /** A bare NaN is answered 200 by the server and drops everything behind it. */
    @Test
    void whatIsNotFiniteIsSentAsAString() {
        LogBatch batch = new LogBatch(UploaderFixture.runId(1));
        for (double value :
                new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 1e308}) {
            batch.add(new RunEvent.Metric(batch.runId(), "m", new MetricPoint(value, Long.MAX_VALUE, AT)));
        }
        ObjectNode body = new ObjectMapper().createObjectNode();
        batch.writeTo(body);
        assertThat(body.toString())
                .contains(
                        "\"NaN\"",
                        "\"Infinity\"",
                        "\"-Infinity\"",
                        ":-0.0,",
                        ":1.0E308,",
                        "\"step\":9223372036854775807")
                .doesNotContain(":NaN", ":Infinity", ":-Infinity");
    }

    /** Everything but metrics, whose order the server does not look at, and starts, which may be moved to the front. */
    private static List<RunEvent> ordered(List<RunEvent> events) {
        return events.stream()
                .filter(e -> e instanceof RunEvent.Tag || e instanceof RunEvent.Resumed || e instanceof RunEvent.Ended)
                .toList();
    }

    private static void assertLimits(long seed, LogBatch batch) {
        List<String> params = batch.events().stream()
                .filter(RunEvent.Param.class::isInstance)
                .map(event -> ((RunEvent.Param) event).key())
                .toList();
        assertThat(batch.events()).as("seed %d", seed).isNotEmpty().hasSizeLessThanOrEqualTo(1000);
        assertThat(params).as("seed %d", seed).hasSizeLessThanOrEqualTo(100).doesNotHaveDuplicates();
        assertThat(batch.events().stream()
                        .filter(RunEvent.Tag.class::isInstance)
                        .count())
                .isLessThanOrEqualTo(100);
    }

    private static List<RunEvent> events(Random random) {
        List<RunEvent> events = new ArrayList<>();
        int kinds = 1 + random.nextInt(4);
        for (int i = random.nextInt(4_000); i > 0; i--) {
            String run = UploaderFixture.runId(random.nextInt(3));
            switch (random.nextInt(kinds)) {
                case 0 -> events.add(UploaderFixture.metric(run, "m", i));
                case 1 -> events.add(new RunEvent.Param(run, AT, "p" + random.nextInt(500), "v"));
                case 2 -> events.add(new RunEvent.Tag(run, AT, "t" + random.nextInt(5), "v" + i));
                default -> events.add(other(run, i));
            }
        }
        return events;
    }

    private static RunEvent other(String run, int i) {
        return switch (i % 6) {
            case 0 -> new RunEvent.Started(run, AT, "e", "n" + i);
            case 1 -> new RunEvent.Artifact(run, AT, "a" + i, i);
            case 2 -> new RunEvent.Resumed(run, AT.plusSeconds(i), "e");
            case 3 -> new RunEvent.Nested(run, AT, UploaderFixture.runId(i));
            case 4 ->
                new RunEvent.Dataset(run, AT, DatasetInput.builder("d" + i, "1").build());
            default -> new RunEvent.Ended(run, AT.plusSeconds(i), RunOutcome.FINISHED);
        };
    }
}

package dev.melancia.mlflow.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.mlflow.event.MetricPoint;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunBatchTest {

    @Test
    void everyRequestKeepsTheLimitsAndNothingIsLost() {
        for (int[] counts : new int[][] {{0, 0, 1}, {100, 100, 801}, {101, 250, 2345}, {1, 0, 1000}, {250, 3, 0}}) {
            RunBatch.Builder batch = RunBatch.builder();
            for (int i = 0; i < counts[0]; i++) {
                batch.param("p" + i, i);
            }
            for (int i = 0; i < counts[1]; i++) {
                batch.tag("t" + i, "v");
            }
            for (int i = 0; i < counts[2]; i++) {
                batch.metric("m", new MetricPoint(i, i, Instant.EPOCH));
            }
            assertRequests(requests(batch), counts);
        }
    }

    private static void assertRequests(List<ObjectNode> requests, int... counts) {
        String[] kinds = {"params", "tags", "metrics"};
        for (int i = 0; i < kinds.length; i++) {
            Set<String> items = new HashSet<>();
            for (ObjectNode request : requests) {
                request.path(kinds[i]).forEach(item -> items.add(item.toString()));
            }
            assertThat(items).as(kinds[i]).hasSize(counts[i]);
        }
        assertThat(requests)
                .allMatch(request -> request.path("params").size() <= 100
                        && request.path("tags").size() <= 100
                        && request.path("params").size()
                                        + request.path("tags").size()
                                        + request.path("metrics").size()
                                <= 1000);
    }

    @Test
    void whatIsNotFiniteIsQuoted() {
        RunBatch.Builder batch = RunBatch.builder();
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.1}) {
            batch.metric("m", new MetricPoint(value, 0, Instant.ofEpochMilli(5)));
        }
        assertThat(requests(batch).get(0).toString())
                .contains(
                        "\"value\":\"NaN\"",
                        "\"value\":\"Infinity\"",
                        "\"value\":\"-Infinity\"",
                        "\"value\":0.1,\"timestamp\":5");
    }

    @Test
    void aKeyStandsOnceInABatch() {
        RunBatch.Builder batch =
                RunBatch.builder().param("p", 1).param("p", 1).tag("t", "a").tag("t", "b");
        assertThat(requests(batch))
                .singleElement()
                .hasToString(
                        "{\"params\":[{\"key\":\"p\",\"value\":\"1\"}],\"tags\":[{\"key\":\"t\",\"value\":\"b\"}]}");
        assertThat(requests(RunBatch.builder())).isEmpty();
    }

    private static List<ObjectNode> requests(RunBatch.Builder batch) {
        return batch.build().requests(JsonNodeFactory.instance::objectNode);
    }
}

package dev.melancia.experiment;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.melancia.mlflow.rest.MlflowSettings;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mlflow.api.proto.Service;
import org.mlflow.tracking.MlflowClient;

/** The MLflow server that the environment names, read with MLflow's own Java client. */
final class RealServer {

    static final Duration TIMEOUT = Duration.ofSeconds(60);

    private RealServer() {}

    /** Its address; without one the test is skipped, or fails where CI is true. */
    static String required() {
        String server = System.getenv().getOrDefault("MELANCIA_TEST_MLFLOW_URI", "");
        if (server.isEmpty() && "true".equals(System.getenv("CI"))) {
            fail("MELANCIA_TEST_MLFLOW_URI must name an MLflow server where CI is true");
        } else if (server.isEmpty()) {
            abort("MELANCIA_TEST_MLFLOW_URI is not set: no MLflow server to test against");
        }
        return server;
    }

    static MlflowSettings settings() {
        return MlflowSettings.builder(URI.create(required()))
                .mergeDelay(Duration.ofMillis(20))
                .build();
    }

    static String experimentId(MlflowClient client, String experiment) {
        return client.getExperimentByName(experiment).orElseThrow().getExperimentId();
    }

    /** The runs of an experiment by name. */
    static Map<String, Service.Run> runs(MlflowClient client, String experiment) {
        Map<String, Service.Run> runs = new HashMap<>();
        client.searchRuns(List.of(experimentId(client, experiment)), "", Service.ViewType.ALL, 1000)
                .getItems()
                .forEach(run -> {
                    if (runs.put(run.getInfo().getRunName(), run) != null) {
                        throw new AssertionError(
                                "two runs named " + run.getInfo().getRunName());
                    }
                });
        return runs;
    }

    static Map<String, String> tags(Service.Run run) {
        Map<String, String> tags = new HashMap<>();
        run.getData().getTagsList().forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
        return tags;
    }
}

package dev.melancia.registry;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowSettings;
import java.net.URI;
import java.time.Duration;

/** The real server of the integration tests; without one they are skipped by name, and fail where CI is true. */
record MlflowServer(String uri) {

    static MlflowServer fromEnvironment() {
        String uri = System.getenv().getOrDefault("MELANCIA_TEST_MLFLOW_URI", "");
        if (uri.isEmpty() && "true".equals(System.getenv("CI"))) {
            fail("MELANCIA_TEST_MLFLOW_URI must name an MLflow server where CI is true");
        } else if (uri.isEmpty()) {
            abort("MELANCIA_TEST_MLFLOW_URI is not set: no MLflow server to test against");
        }
        return new MlflowServer(uri);
    }

    MlflowApi connect() {
        return MlflowApi.connect(MlflowSettings.builder(URI.create(uri))
                .backoff(Duration.ofMillis(20), Duration.ofMillis(100))
                .build());
    }
}

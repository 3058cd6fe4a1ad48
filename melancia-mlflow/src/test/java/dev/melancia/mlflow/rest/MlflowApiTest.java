package dev.melancia.mlflow.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MlflowApiTest {

    @Test
    void aDroppedKeepAliveConnectionIsTriedAgainAtOnce() throws IOException {
        try (Silent server = new Silent("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")) {
            MlflowApi api = MlflowApi.connectWithoutRetries(
                    MlflowSettings.builder(server.uri()).build());
            for (int i = 0; i < 5; i++) {
                assertThat(api.post("/api/2.0/mlflow/runs/log-batch", JsonNodeFactory.instance.objectNode())
                                .isObject())
                        .isTrue();
            }
            assertThat(server.accepted).hasValue(5);
        }
    }

    @Test
    void aDroppedCreationIsNotRepeatedBlindly() throws IOException {
        try (Silent server = new Silent("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")) {
            MlflowApi api = MlflowApi.connectWithoutRetries(
                    MlflowSettings.builder(server.uri()).build());
            api.post("/api/2.0/mlflow/runs/search", JsonNodeFactory.instance.objectNode());
            assertThatThrownBy(() -> api.postOnce("/api/2.0/mlflow/runs/create", JsonNodeFactory.instance.objectNode()))
                    .isInstanceOfSatisfying(MlflowException.class, failure -> {
                        assertThat(failure).hasMessageContaining("IOException");
                        assertThat(failure.outcomeUnknown()).isTrue();
                    });
            assertThat(server.accepted).hasValue(2); // The search, and the question before the creation.
        }
    }

    @Test
    void anAnswerThatNeverEndsIsGivenUp() throws IOException {
        try (Silent server = new Silent("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")) {
            MlflowApi api = MlflowApi.connectWithoutRetries(MlflowSettings.builder(server.uri())
                    .requestTimeout(Duration.ofMillis(150))
                    .build());
            assertThatThrownBy(() -> api.post("/api/2.0/mlflow/runs/log-batch", JsonNodeFactory.instance.objectNode()))
                    .isInstanceOf(MlflowException.class)
                    .hasMessageContaining("no answer within 150 ms");
        }
    }
}

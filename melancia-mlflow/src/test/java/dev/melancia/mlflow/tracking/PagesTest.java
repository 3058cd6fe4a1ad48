package dev.melancia.mlflow.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.mlflow.event.MetricPoint;
import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.tracking.ScriptedServer.Reply;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PagesTest {

    @Test
    void allPagesAreFollowed() throws IOException {
        try (ScriptedServer server = new ScriptedServer(
                        (path, body) -> path.contains("page_token=b%2F2")
                                ? Reply.ok("{\"metrics\":[{\"value\":\"NaN\",\"timestamp\":3,\"step\":2}]}")
                                : Reply.ok(
                                        "{\"metrics\":[{\"value\":1.5,\"timestamp\":2,\"step\":1}],\"next_page_token\":\"b/2\"}"));
                MlflowApi api = server.api()) {
            assertThat(Runs.on(api).history("0".repeat(32), "a b"))
                    .extracting(MetricPoint::value)
                    .containsExactly(1.5, Double.NaN);
        }
    }

    @Test
    void whatMovedToTheNextPageMeanwhileIsToldOnce() throws IOException {
        try (ScriptedServer server = new ScriptedServer((path, body) -> body.contains("page_token")
                        ? Reply.ok("{\"experiments\":[{\"experiment_id\":\"2\"},{\"experiment_id\":\"1\"}]}")
                        : Reply.ok("{\"experiments\":[{\"experiment_id\":\"3\"},{\"experiment_id\":\"2\"}],"
                                + "\"next_page_token\":\"2\"}"));
                MlflowApi api = server.api()) {
            assertThat(Experiments.on(api).list()).extracting(Experiment::id).containsExactly("3", "2", "1");
        }
    }

    @Test
    void aTokenThatDoesNotChangeEndsTheSearch() throws IOException {
        try (ScriptedServer server = new ScriptedServer((path, body) ->
                        Reply.ok("{\"experiments\":[{\"experiment_id\":\"1\"}],\"next_page_token\":\"same\"}"));
                MlflowApi api = server.api()) {
            assertThat(Experiments.on(api).list()).hasSize(1);
            assertThat(server.requests).hasSize(2);
        }
    }
}

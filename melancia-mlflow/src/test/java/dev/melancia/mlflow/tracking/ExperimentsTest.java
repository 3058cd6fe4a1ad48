package dev.melancia.mlflow.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.tracking.ScriptedServer.Reply;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ExperimentsTest {

    private static final String EXPERIMENT =
            "{\"experiment\":{\"experiment_id\":\"1\",\"tags\":[{\"key\":\"k\",\"value\":\"v\"}]}}";

    @Test
    void aTagWhoseDeletionWasNotAnsweredIsDeleted() throws IOException {
        AtomicInteger deletions = new AtomicInteger();
        try (ScriptedServer server = new ScriptedServer((path, body) -> {
                    if (!path.endsWith("delete-experiment-tag")) {
                        return Reply.ok(EXPERIMENT);
                    }
                    return deletions.incrementAndGet() == 1
                            ? new Reply(503, "lost")
                            : Reply.refused(404, "RESOURCE_DOES_NOT_EXIST", "no tag");
                });
                MlflowApi api = server.api()) {
            Experiments.on(api).deleteTag("1", "k");
            assertThat(deletions).hasValue(2);
        }
    }
}

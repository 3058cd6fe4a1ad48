package dev.melancia.mlflow.upload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowException;
import dev.melancia.mlflow.rest.MlflowSettings;
import dev.melancia.mlflow.tracking.Experiments;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real server that closes idle connections after a second, and clients that pause as long. */
class KeepAliveIT {

    private static final int CLIENTS = 16;
    private static final int ROUNDS = 8;

    @TempDir
    Path folder;

    @Test
    void noRequestFailsAndNoCreationIsMadeTwice() throws Exception {
        ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
        try (OwnServer server = OwnServer.start(folder, Map.of("MLFLOW_KEEP_ALIVE", "1"));
                MlflowApi api = MlflowApi.connectWithoutRetries(MlflowSettings.builder(server.uri())
                        .requestTimeout(Duration.ofMinutes(1))
                        .build())) {
            String experiment = Experiments.on(api).idOf("keep alive");
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Random random = new Random(i);
                boolean creates = i % 2 == 0;
                Thread client = new Thread(() -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        request(api, experiment, creates, failures);
                        LockSupport.parkNanos(
                                Duration.ofMillis(960 + random.nextInt(80)).toNanos());
                    }
                });
                client.start();
                clients.add(client);
            }
            for (Thread client : clients) {
                client.join();
            }
            assertThat(failures).isEmpty();
            ObjectNode search = api.body().put("max_results", 1000);
            search.putArray("experiment_ids").add(experiment);
            assertThat(api.post("/api/2.0/mlflow/runs/search", search).path("runs"))
                    .hasSize(CLIENTS / 2 * ROUNDS);
        }
    }

    private static void request(
            MlflowApi api, String experiment, boolean creates, ConcurrentLinkedQueue<String> failures) {
        try {
            if (creates) {
                api.postOnce("/api/2.0/mlflow/runs/create", api.body().put("experiment_id", experiment));
            } else {
                ObjectNode search = api.body().put("max_results", 1);
                search.putArray("experiment_ids").add(experiment);
                api.post("/api/2.0/mlflow/runs/search", search);
            }
        } catch (MlflowException failure) {
            failures.add((creates ? "create: " : "search: ") + failure.getMessage());
        }
    }
}

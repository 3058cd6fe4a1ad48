package dev.melancia.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.melancia.mlflow.rest.MlflowSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlflow.api.proto.Service;
import org.mlflow.tracking.MlflowClient;

/** What a call returned for is on the server; what the server refuses is thrown by the call. */
class SynchronousIT {

    @TempDir
    Path folder;

    private final String experiment = "melancia-it-" + UUID.randomUUID();

    @BeforeEach
    void findServer() {
        RealServer.required();
    }

    private ExperimentTracker tracker(MlflowSettings settings, Duration limit) {
        return ExperimentTracker.builder(folder)
                .experiment(experiment)
                .mlflow(settings)
                .synchronous(limit)
                .closeTimeout(Duration.ZERO)
                .build();
    }

    @Test
    void whatReturnsIsOnTheServer() {
        try (ExperimentTracker tracker = tracker(RealServer.settings(), RealServer.TIMEOUT);
                MlflowClient client = new MlflowClient(RealServer.required());
                Run run = tracker.startRun("now")) {
            assertThat(RealServer.runs(client, experiment)).containsOnlyKeys("now");
            run.metric("m", 1.5);
            Service.Run read = RealServer.runs(client, experiment).get("now");
            assertThat(read.getData().getMetricsList())
                    .extracting(Service.Metric::getValue)
                    .containsExactly(1.5);
            run.end(dev.melancia.mlflow.event.RunOutcome.KILLED);
            assertThat(RealServer.runs(client, experiment).get("now").getInfo().getStatus())
                    .isEqualTo(Service.RunStatus.KILLED);
        }
    }

    @Test
    void theCallThrowsWhatTheServerRefuses() {
        try (ExperimentTracker tracker = tracker(RealServer.settings(), RealServer.TIMEOUT);
                MlflowClient client = new MlflowClient(RealServer.required());
                Run run = tracker.startRun("refused")) {
            String id =
                    RealServer.runs(client, experiment).get("refused").getInfo().getRunId();
            client.logParam(id, "lr", "secret value");
            NotDeliveredException refused =
                    catchThrowableOfType(NotDeliveredException.class, () -> run.param("lr", 0.1));
            assertThat(refused)
                    .hasMessageStartingWith("MLflow refuses parameter \"lr\" of run \"refused\": ")
                    .hasMessageNotContaining("secret value");
            assertThat(refused.refused()).isTrue();
            assertThat(refused.serverMessage()).contains("Changing param values is not allowed");
            run.metric("good", 1);
            assertThat(tracker.find(run.id()).orElseThrow().params()).containsEntry("lr", "0.1");
            client.deleteRun(id);
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> run.metric("late", 1))
                        .isInstanceOf(NotDeliveredException.class)
                        .hasMessageContaining("metric \"late\" of run \"refused\"");
            }
            client.restoreRun(id);
            assertThatThrownBy(run::close).isInstanceOf(NotDeliveredException.class);
            try (Run again = tracker.resume(run.id())) {
                again.metric("late", 2);
            }
        }
    }

    @Test
    void aDeletedExperimentIsToldByTheStart() {
        try (ExperimentTracker tracker = tracker(RealServer.settings(), RealServer.TIMEOUT);
                MlflowClient client = new MlflowClient(RealServer.required())) {
            client.deleteExperiment(client.createExperiment(experiment));
            assertThatThrownBy(() -> tracker.startRun("nowhere"))
                    .isInstanceOf(NotDeliveredException.class)
                    .hasMessageContaining("the start of run \"nowhere\" in experiment \"" + experiment)
                    .extracting(thrown -> ((NotDeliveredException) thrown).serverMessage())
                    .asString()
                    .contains("deleted");
        }
    }

    @Test
    void whatDoesNotArriveInTimeIsToldAndStaysInTheFolder() {
        MlflowSettings nobody = MlflowSettings.builder(URI.create("http://127.0.0.1:1"))
                .mergeDelay(Duration.ofMillis(20))
                .build();
        try (ExperimentTracker tracker = tracker(nobody, Duration.ofMillis(300))) {
            NotDeliveredException late =
                    catchThrowableOfType(NotDeliveredException.class, () -> tracker.startRun("late"));
            assertThat(late.refused()).isFalse();
            assertThat(late)
                    .hasMessageContaining("did not reach MLflow in time")
                    .hasMessageContaining("in the folder");
            assertThat(tracker.runs()).extracting(RecordedRun::name).containsExactly("late");
        }
        try (ExperimentTracker tracker = tracker(RealServer.settings(), RealServer.TIMEOUT)) {
            assertThat(tracker.flush(RealServer.TIMEOUT)).isTrue();
        }
        try (MlflowClient client = new MlflowClient(RealServer.required())) {
            assertThat(RealServer.runs(client, experiment)).containsOnlyKeys("late");
        }
    }
}

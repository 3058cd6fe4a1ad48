package dev.melancia.mlflow.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowException;
import dev.melancia.mlflow.tracking.ScriptedServer.Reply;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ActiveRunTest {

    private static final String ID = "0123456789abcdef0123456789abcdef";

    private ScriptedServer server;
    private MlflowApi api;
    private ActiveRun run;
    private volatile Reply logBatch = Reply.ok("{}");
    private volatile Runnable duringLogBatch = () -> {};

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer((path, body) -> switch (path) {
            case "runs/create" ->
                Reply.ok(
                        "{\"run\":{\"info\":{\"run_id\":\"" + ID
                                + "\",\"run_name\":\"r\",\"artifact_uri\":\"mlflow-artifacts:/1/r/artifacts\",\"status\":\"RUNNING\"}}}");
            case "runs/log-batch" -> {
                duringLogBatch.run();
                yield logBatch;
            }
            default -> Reply.ok("{}");
        });
        api = server.api();
        run = Runs.on(api).start(NewRun.builder("1").build());
    }

    @AfterEach
    void stop() {
        api.close();
        server.close();
    }

    @Test
    void aRunThatFailedWhileTheServerFailedIsNotClosedAsFinished() {
        logBatch = new Reply(503, "busy");
        assertThatThrownBy(() -> run.fail(new IllegalStateException("x"))).isInstanceOf(MlflowException.class);
        assertThat(run.status()).isEqualTo(ServerRun.Status.RUNNING);
        run.close();
        assertThat(run.status()).isEqualTo(ServerRun.Status.FAILED);
        assertThat(last()).startsWith("runs/update").contains("\"status\":\"FAILED\"");
    }

    @Test
    void theMessageOfAnErrorIsToldOnRequestOnly() {
        run.failWithMessage(new IllegalStateException("a\0b" + "x".repeat(8000)));
        String sent = server.requests.get(server.requests.size() - 2);
        assertThat(sent)
                .contains("java.lang.IllegalStateException")
                .contains("\"a\uFFFDbx")
                .hasSizeLessThan(8400);
    }

    @Test
    void aMessageWithHalfACharacterIsMended() {
        run.failWithMessage(new IllegalStateException("a\ud83db\ud83c\udf49"));
        assertThat(server.requests.get(server.requests.size() - 2)).contains("\"a\uFFFDb\\uD83C\\uDF49\"");
        assertThat(run.status()).isEqualTo(ServerRun.Status.FAILED);
    }

    @Test
    void anErrorThatCannotEvenBeToldLeavesAFailedRun() {
        assertThatThrownBy(() -> run.failWithMessage(new Mute())).isInstanceOf(UnsupportedOperationException.class);
        run.close();
        assertThat(run.status()).isEqualTo(ServerRun.Status.FAILED);
    }

    private static final class Mute extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void twoRequestsThatMetInTheDatabaseAreTriedOnceMore() {
        logBatch = Reply.refused(400, "BAD_REQUEST", "UNIQUE constraint failed: params");
        assertThatThrownBy(() -> run.param("p", 1)).isInstanceOf(MlflowException.class);
        assertThat(server.requests)
                .filteredOn(request -> request.startsWith("runs/log-batch"))
                .hasSize(2);
    }

    @Test
    void stepsGoOnAfterTheGreatest() {
        run.metric("m", 1, 10);
        run.metric("m", 1, 3);
        run.metric("m", 1);
        assertThat(last()).contains("\"step\":11");
        logBatch = new Reply(503, "busy");
        assertThatThrownBy(() -> run.metric("m", 1)).isInstanceOf(MlflowException.class);
        logBatch = Reply.ok("{}");
        run.metric("m", 1);
        assertThat(last()).contains("\"step\":12");
    }

    @Test
    void itsArtifactsAreOneInstanceSinceThatKeepsTablesApart() {
        assertThat(run.artifacts()).isSameAs(run.artifacts());
    }

    @Test
    void itsStatusIsToldWhileARequestIsOnItsWay() {
        AtomicReference<String> seen = new AtomicReference<>("");
        duringLogBatch = () -> seen.set(run.toString());
        run.tag("t", "v");
        assertThat(seen.get()).contains("RUNNING");
    }

    private String last() {
        return server.requests.get(server.requests.size() - 1);
    }
}

package dev.melancia.mlflow.upload;

import static dev.melancia.mlflow.upload.UploaderFixture.LONG;
import static dev.melancia.mlflow.upload.UploaderFixture.quick;
import static dev.melancia.mlflow.upload.UploaderFixture.runId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.rest.Silent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are not there, do not answer, or drop connections. */
class OutageTest {

    private static final String RUN = runId(1);

    @TempDir
    Path folder;

    @Test
    void whatIsRecordedWhileTheServerIsDownArrivesWhenItIsUp() throws IOException {
        int port = freePort();
        URI uri = URI.create("http://127.0.0.1:" + port);
        try (UploaderFixture events = new UploaderFixture(folder);
                Warnings warnings = new Warnings();
                MlflowUploader uploader = MlflowUploader.start(folder, UploaderFixture.settings(uri))) {
            events.start(RUN);
            events.metrics(RUN, "m", 0, 200);
            assertThat(uploader.flush(Duration.ofMillis(100))).isFalse();
            Awaitility.await().until(() -> uploader.stats().failedAttempts() > 5);
            assertThat(warnings.lines()).singleElement().asString().contains("ConnectException", "delivered later");
            try (FakeMlflow server = new FakeMlflow(port)) {
                assertThat(uploader.flush(LONG)).isTrue();
                assertThat(server.onlyRun().points).hasSize(200);
            }
        }
    }

    @Test
    void onlyWhatTheServerAcceptsEndsAnOutage() throws IOException {
        try (FakeMlflow server = new FakeMlflow();
                UploaderFixture events = new UploaderFixture(folder);
                MlflowUploader uploader = MlflowUploader.start(folder, UploaderFixture.settings(server.uri()))) {
            events.start(RUN);
            assertThat(uploader.flush(LONG)).isTrue();
            server.fault = (path, body) -> FakeMlflow.Reply.text(503, "down");
            events.start(RUN); // Known already: no request.
            events.append(new RunEvent.Artifact(RUN, UploaderFixture.AT, "gone.txt", 1)); // No file: no request.
            events.metrics(RUN, "m", 0, 1);
            Awaitility.await().until(() -> uploader.stats().failedAttempts() > 1);
            server.fault = (path, body) ->
                    path.contains("log-batch") ? FakeMlflow.Reply.json(400, "INVALID_PARAMETER_VALUE", "no") : null;
            assertThat(uploader.flush(LONG)).isTrue();
            assertThat(uploader.stats().setAside()).isEqualTo(2);
            assertThat(uploader.stats().problem().orElse("")).contains("503");
            events.end(RUN);
            assertThat(uploader.flush(LONG)).isTrue();
            assertThat(uploader.stats().problem()).isEmpty();
        }
    }

    @Test
    void aHangingServerBlocksNobodyAndALaterProcessDelivers() throws IOException {
        int port;
        try (UploaderFixture events = new UploaderFixture(folder);
                Silent silent = new Silent();
                Warnings warnings = new Warnings()) {
            port = silent.port();
            MlflowUploader uploader = MlflowUploader.start(
                    folder,
                    quick(silent.uri()).requestTimeout(Duration.ofMillis(150)).build());
            events.start(RUN);
            Awaitility.await().until(() -> silent.accepted.get() > 0);
            events.metrics(RUN, "m", 0, 1_000); // Returns although the uploader is stuck in a request.
            Awaitility.await().until(() -> uploader.stats().failedAttempts() > 1);
            assertThat(uploader.close(Duration.ofMillis(100))).isFalse();
            assertThat(warnings.lines()).hasSize(2);
            assertThat(warnings.lines().get(0)).contains("no answer within 150 ms");
            assertThat(warnings.lines().get(1)).contains("closed before everything was delivered");
        }
        try (FakeMlflow server = new FakeMlflow(port);
                MlflowUploader later = MlflowUploader.start(folder, UploaderFixture.settings(server.uri()))) {
            assertThat(later.flush(LONG)).isTrue();
            assertThat(server.onlyRun().points).hasSize(1_000);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

package dev.melancia.mlflow;

import static dev.melancia.mlflow.UploaderFixture.LONG;
import static dev.melancia.mlflow.UploaderFixture.quick;
import static dev.melancia.mlflow.UploaderFixture.runId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
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

    @Test
    void aDroppedKeepAliveConnectionIsTriedAgainAtOnce() throws IOException {
        try (Silent server = new Silent("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")) {
            MlflowTransport transport = new MlflowTransport(UploaderFixture.settings(server.uri()), Runnable::run);
            for (int i = 0; i < 5; i++) {
                assertThat(transport
                                .post("runs/log-batch", JsonNodeFactory.instance.objectNode())
                                .isObject())
                        .isTrue();
            }
            assertThat(server.accepted).hasValue(5);
        }
    }

    @Test
    void aDroppedCreationIsNotRepeatedBlindly() throws IOException {
        try (Silent server = new Silent("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")) {
            MlflowTransport transport = new MlflowTransport(UploaderFixture.settings(server.uri()), Runnable::run);
            transport.post("runs/search", JsonNodeFactory.instance.objectNode());
            assertThatThrownBy(() -> transport.postOnce("runs/create", JsonNodeFactory.instance.objectNode()))
                    .isInstanceOf(MlflowException.class)
                    .hasMessageContaining("IOException");
        }
    }

    @Test
    void anAnswerThatNeverEndsIsGivenUp() throws IOException {
        try (Silent server = new Silent("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")) {
            MlflowTransport transport = new MlflowTransport(
                    quick(server.uri()).requestTimeout(Duration.ofMillis(150)).build(), Runnable::run);
            assertThatThrownBy(() -> transport.post("runs/log-batch", JsonNodeFactory.instance.objectNode()))
                    .isInstanceOf(MlflowException.class)
                    .hasMessageContaining("no answer within 150 ms");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /**
     * Accepts and reads, and answers at most the first request of each connection; the second one finds the connection
     * closed, when there was an answer, as with a server whose keep-alive time is over.
     */
    private static final class Silent implements AutoCloseable {

        private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final List<Socket> open = new CopyOnWriteArrayList<>();
        private final AtomicInteger accepted = new AtomicInteger();
        private final String answer;

        Silent() throws IOException {
            this("");
        }

        Silent(String answer) throws IOException {
            this.answer = answer;
            daemon(this::accept);
        }

        private static void daemon(Runnable task) {
            Thread thread = new Thread(task, "silent-server");
            thread.setDaemon(true);
            thread.start();
        }

        URI uri() {
            return URI.create("http://127.0.0.1:" + port());
        }

        int port() {
            return socket.getLocalPort();
        }

        private void accept() {
            while (!socket.isClosed()) {
                try {
                    Socket connection = socket.accept();
                    accepted.incrementAndGet();
                    open.add(connection);
                    daemon(() -> serve(connection));
                } catch (IOException closed) {
                    return;
                }
            }
        }

        private void serve(Socket connection) {
            try {
                InputStream in = connection.getInputStream();
                if (request(in)) {
                    connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                    connection.getOutputStream().flush();
                }
                if (request(in) && !answer.isEmpty()) {
                    connection.close();
                }
            } catch (IOException closed) {
                return;
            }
        }

        /** Reads one request whose body is {@code {}}; false at the end of the connection. */
        private static boolean request(InputStream in) throws IOException {
            StringBuilder text = new StringBuilder();
            while (text.indexOf("\r\n\r\n{}") < 0) {
                int c = in.read();
                if (c < 0) {
                    return false;
                }
                text.append((char) c);
            }
            return true;
        }

        @Override
        public void close() throws IOException {
            socket.close();
            for (Socket connection : open) {
                connection.close();
            }
        }
    }
}

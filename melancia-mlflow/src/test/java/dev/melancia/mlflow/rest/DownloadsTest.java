package dev.melancia.mlflow.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadsTest {

    @TempDir
    Path folder;

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void contentIsWrittenToTheFile() {
        answer(200, "text/plain", 5, "hello");
        Path file = folder.resolve("f");
        api().download("/f", file);
        assertThat(file).hasContent("hello");
        assertThat(api().content("/f")).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void contentThatBreaksOffIsAnError() {
        answer(200, "text/plain", 500, "hello");
        assertThatThrownBy(() -> api().content("/f"))
                .isInstanceOf(MlflowException.class)
                .hasMessageContaining("no connection or no answer: IOException");
    }

    @Test
    void aPageToSignInIsNoContent() {
        answer(200, "text/html", 6, "<html>");
        assertThatThrownBy(() -> api().content("/f"))
                .isInstanceOf(MlflowException.class)
                .hasMessageContaining("without a file");
    }

    @Test
    void anErrorIsReadAsJson() {
        answer(404, "application/json", 0, "{\"error_code\":\"RESOURCE_DOES_NOT_EXIST\"}");
        assertThatThrownBy(() -> api().content("/f"))
                .isInstanceOfSatisfying(
                        MlflowException.class,
                        failure -> assertThat(failure.errorCode()).isEqualTo("RESOURCE_DOES_NOT_EXIST"));
    }

    @Test
    void aFileThatCannotBeWrittenIsNoFailureOfTheServer() throws IOException {
        answer(200, "text/plain", 5, "hello");
        Files.createDirectory(folder.resolve("taken"));
        assertThatThrownBy(() -> api().download("/f", folder.resolve("taken")))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void anAnswerThatStopsIsGivenUp() throws IOException {
        try (Silent silent = new Silent()) {
            MlflowApi api = MlflowApi.connectWithoutRetries(MlflowSettings.builder(silent.uri())
                    .requestTimeout(Duration.ofMillis(150))
                    .build());
            assertThatThrownBy(() -> api.content("/f"))
                    .isInstanceOf(MlflowException.class)
                    .hasMessageContaining("no complete answer within");
        }
    }

    /** @param length as announced; 0 for chunks of any length */
    private void answer(int status, String type, long length, String body) {
        server.createContext("/f", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", type);
            exchange.sendResponseHeaders(status, length);
            exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
    }

    private MlflowApi api() {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return MlflowApi.connectWithoutRetries(MlflowSettings.builder(uri).build());
    }
}

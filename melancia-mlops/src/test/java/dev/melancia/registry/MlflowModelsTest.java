package dev.melancia.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that takes registrations and refuses tags of models. */
class MlflowModelsTest {

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(path.substring(path.indexOf("mlflow/") + 7));
        int status = 200;
        String text = "{\"registered_model\":{\"name\":\"answers\"}}";
        if (path.endsWith("model-versions/create")) {
            text = "{\"model_version\":{\"name\":\"answers\",\"version\":\"7\",\"creation_timestamp\":1795341600000,"
                    + "\"source\":\"openai:/gpt-4o-mini\"}}";
        } else if (path.endsWith("set-tag")) {
            status = 400;
            text = "{\"error_code\":\"INVALID_PARAMETER_VALUE\",\"message\":\"no\"}";
        }
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void aRegistrationThatHappenedIsNoErrorWhenItsHistoryCannotBeWritten() {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try (MlflowApi api = MlflowApi.connect(MlflowSettings.builder(uri).build());
                ModelRegistry registry = ModelRegistry.mlflow(api)) {
            Registration registration =
                    Registration.ofSource("answers", "openai:/gpt-4o-mini").build();
            assertThat(registry.register(registration, ChangeNote.by("ana", "because"))
                            .version())
                    .isEqualTo(7);
        }
        assertThat(asked).contains("model-versions/create", "registered-models/set-tag");
    }
}

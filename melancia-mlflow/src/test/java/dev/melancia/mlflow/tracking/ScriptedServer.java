package dev.melancia.mlflow.tracking;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that answers as a test says, and keeps what it was asked. */
public final class ScriptedServer implements AutoCloseable {

    /** An answer; status 0 drops the connection, a negative length promises more than comes. */
    public record Reply(int status, String body) {
        /** As MLflow refuses. */
        public static Reply refused(int status, String code, String message) {
            return new Reply(status, "{\"error_code\":\"" + code + "\",\"message\":\"" + message + "\"}");
        }

        /** As MLflow agrees. */
        public static Reply ok(String json) {
            return new Reply(200, json);
        }

        /** No answer. */
        public static Reply dropped() {
            return new Reply(0, "");
        }

        /** An answer that breaks off after this. */
        public static Reply broken(String begin) {
            return new Reply(-1, begin);
        }
    }

    /** What a request is answered; path and query without the prefix of the interface. */
    public interface Script {
        /** The answer. */
        Reply answer(String path, String body);
    }

    private final HttpServer server;
    /** Requests in order, as path with query, a space and the body; without those to {@code /health}. */
    public final List<String> requests = new CopyOnWriteArrayList<>();

    private final Script script;

    /** Begins to answer. */
    public ScriptedServer(Script script) throws IOException {
        this.script = script;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString().replaceFirst("^/api/2.0/mlflow/", "");
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean harmless = path.equals("/health"); // Tries a connection before a request that must be sent once.
        if (!harmless) {
            requests.add(path + " " + body);
        }
        Reply reply = harmless ? Reply.ok("OK") : script.answer(path, body);
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        if (reply.status() != 0) {
            boolean breaks = reply.status() < 0;
            exchange.sendResponseHeaders(breaks ? 200 : reply.status(), bytes.length + (breaks ? 1000L : 0));
            exchange.getResponseBody().write(bytes);
            exchange.getResponseBody().flush();
        }
        exchange.close();
    }

    /** A connection that does not wait long between tries. */
    public MlflowApi api() {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return MlflowApi.connect(MlflowSettings.builder(uri)
                .backoff(Duration.ofMillis(1), Duration.ofMillis(2))
                .build());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

package dev.melancia.mlflow.tracking;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;

/** The MLflow server that tests with real servers are given, asked by plain HTTP. */
public final class RealServer {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String uri;

    private RealServer(String uri) {
        this.uri = uri;
    }

    /** Skips the test when there is no server, unless one is promised. */
    public static RealServer find() {
        String uri = System.getenv().getOrDefault("MELANCIA_TEST_MLFLOW_URI", "");
        if (uri.isEmpty() && "true".equals(System.getenv("CI"))) {
            return fail("MELANCIA_TEST_MLFLOW_URI must name an MLflow server where CI is true");
        } else if (uri.isEmpty()) {
            return abort("MELANCIA_TEST_MLFLOW_URI is not set: no MLflow server to test against");
        }
        return new RealServer(uri);
    }

    /** Its address. */
    public URI uri() {
        return URI.create(uri);
    }

    /** A name nobody has used. */
    public static String name() {
        return "melancia-it-" + UUID.randomUUID();
    }

    /** A run as the server tells it. */
    public JsonNode run(String id) throws IOException, InterruptedException {
        return JSON.readTree(get("/api/2.0/mlflow/runs/get?run_id=" + id).body())
                .path("run");
    }

    /** GET of this path. */
    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create(uri + path)).build(), HttpResponse.BodyHandlers.ofString());
    }
}

package dev.melancia.mlflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests to the server, one at a time, each bounded in time as a whole.
 *
 * <p>The keep-alive trap: uvicorn closes an idle connection after 5 s, the JDK keeps it, and the next request on it fails
 * without an answer ("header parser received no bytes"). The remedy is not the JVM-wide property but a second try at
 * once on a fresh connection, for requests that may be carried out twice.
 */
final class MlflowTransport {

    private static final String API = "/api/2.0/mlflow/";
    private static final String ARTIFACTS = "/api/2.0/mlflow-artifacts/artifacts";
    private static final long BYTES_PER_SECOND = 1_000_000;

    private final MlflowSettings settings;
    private final HttpClient client;
    private final ObjectMapper mapper = new ObjectMapper();

    MlflowTransport(MlflowSettings settings, Executor executor) {
        this.settings = settings;
        this.client = settings.httpClient()
                .orElseGet(() -> HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(settings.connectTimeout())
                        .executor(executor)
                        .build());
    }

    ObjectMapper mapper() {
        return mapper;
    }

    JsonNode get(String pathAndQuery) {
        String what = pathAndQuery.replaceFirst("\\?.*", "");
        return object(send(what, request(API + pathAndQuery).GET(), settings.requestTimeout()));
    }

    JsonNode post(String path, JsonNode body) {
        return object(send(path, withBody(path, body), settings.requestTimeout()));
    }

    /** A request that must not be carried out twice: no second try here. */
    JsonNode postOnce(String path, JsonNode body) {
        HttpRequest request = withBody(path, body).build();
        return object(check(path, exchange(request, settings.requestTimeout())));
    }

    void put(String encodedPath, Path file) {
        try {
            Duration limit = settings.requestTimeout().plusSeconds(Files.size(file) / BYTES_PER_SECOND);
            HttpRequest.Builder request = request(ARTIFACTS + encodedPath).PUT(HttpRequest.BodyPublishers.ofFile(file));
            MlflowAnswer answer = send("artifact", request, limit);
            if (!answer.text().isEmpty()) {
                object(answer);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private HttpRequest.Builder withBody(String path, JsonNode body) {
        try {
            return request(API + path)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(mapper.writeValueAsBytes(body)));
        } catch (JsonProcessingException impossibleInMemory) {
            throw new UncheckedIOException(impossibleInMemory);
        }
    }

    private HttpRequest.Builder request(String pathAndQuery) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(settings.uri() + pathAndQuery));
        settings.authorization().ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    private MlflowAnswer send(String what, HttpRequest.Builder builder, Duration limit) {
        HttpRequest request = builder.build();
        try {
            return check(what, exchange(request, limit));
        } catch (MlflowException failure) {
            if (!connectionWasDropped(failure)) {
                throw failure;
            }
            return check(what, exchange(request, limit));
        }
    }

    private static boolean connectionWasDropped(MlflowException failure) {
        Throwable cause = failure.getCause();
        return cause instanceof IOException
                && !(cause instanceof ConnectException)
                && !(cause instanceof HttpTimeoutException);
    }

    private MlflowAnswer check(String what, HttpResponse<byte[]> response) {
        MlflowAnswer answer = MlflowAnswer.of(what, response, mapper);
        if (!answer.succeeded()) {
            throw MlflowException.of(answer);
        }
        return answer;
    }

    /** A gateway's page to sign in is answered 200 too; taken for a yes it would empty the journal into nothing. */
    private static JsonNode object(MlflowAnswer answer) {
        if (!answer.json().isObject()) {
            throw MlflowException.blocked(answer, "a JSON object");
        }
        return answer.json();
    }

    /** Not the time-out of the request: it ends with the headers, and an answer may drip for ever after that. */
    private HttpResponse<byte[]> exchange(HttpRequest request, Duration limit) {
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
        try {
            return exchange.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            exchange.cancel(true);
            throw MlflowException.noAnswer("no answer within " + limit.toMillis() + " ms", null);
        } catch (InterruptedException stopped) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw MlflowException.noAnswer("stopped while waiting for an answer", null);
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause();
            String name = cause == null ? "unknown" : cause.getClass().getSimpleName();
            throw MlflowException.noAnswer("no connection or no answer: " + name, cause);
        }
    }
}

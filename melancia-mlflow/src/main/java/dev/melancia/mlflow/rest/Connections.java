package dev.melancia.mlflow.rest;

import java.net.http.HttpClient;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * The HTTP clients of one connection to MLflow: one for all requests that may be sent twice, and one at a time for each that
 * may not, so that its pool holds at most the connection that was just used. Thread-safe.
 */
final class Connections {

    private static final int MOST_IDLE = 4;

    private final MlflowSettings settings;
    private final Executor executor;
    private final HttpClient shared;
    private final ConcurrentLinkedDeque<HttpClient> alone = new ConcurrentLinkedDeque<>();

    Connections(MlflowSettings settings, Executor executor) {
        this.settings = settings;
        this.executor = executor;
        this.shared = settings.httpClient().orElseGet(this::client);
    }

    HttpClient shared() {
        return shared;
    }

    /** Lends a client to one request alone. A client of the host is lent as it is. */
    <T> T alone(Function<HttpClient, T> request) {
        if (settings.httpClient().isPresent()) {
            return request.apply(shared);
        }
        HttpClient idle = alone.pollFirst();
        HttpClient client = idle == null ? client() : idle;
        try {
            return request.apply(client);
        } finally {
            if (alone.size() < MOST_IDLE) {
                alone.addFirst(client);
            }
        }
    }

    private HttpClient client() {
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectTimeout())
                .executor(executor);
        settings.sslContext().ifPresent(client::sslContext);
        return client.build();
    }
}

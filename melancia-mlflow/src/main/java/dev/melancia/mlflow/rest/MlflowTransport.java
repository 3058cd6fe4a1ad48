package dev.melancia.mlflow.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Single requests, each bounded in time as a whole.
 *
 * <p>The keep-alive trap: uvicorn closes an idle connection after 5 s, the JDK keeps it, and the next request on it fails
 * without an answer ("header parser received no bytes"). The remedy is not the JVM-wide property but a second try at
 * once on a fresh connection, for requests that may be carried out twice.
 */
final class MlflowTransport {

    private final HttpClient client;
    private final ObjectMapper mapper;

    MlflowTransport(HttpClient client, ObjectMapper mapper) {
        this.client = client;
        this.mapper = mapper;
    }

    /** A request that may be carried out twice. */
    MlflowAnswer send(String what, HttpRequest request, Duration limit) {
        return again(() -> sendOnce(what, request, limit));
    }

    /** A second try at once when the connection was dropped. */
    static <T> T again(Supplier<T> request) {
        try {
            return request.get();
        } catch (MlflowException failure) {
            if (!connectionWasDropped(failure)) {
                throw failure;
            }
            return request.get();
        }
    }

    /** A request that must not be carried out twice. */
    MlflowAnswer sendOnce(String what, HttpRequest request, Duration limit) {
        HttpResponse<byte[]> response = exchange(request, HttpResponse.BodyHandlers.ofByteArray(), limit);
        MlflowAnswer answer = MlflowAnswer.of(what, response, mapper);
        if (!answer.succeeded()) {
            throw MlflowException.of(answer);
        }
        return answer;
    }

    private static boolean connectionWasDropped(MlflowException failure) {
        Throwable cause = failure.getCause();
        return cause instanceof IOException
                && !(cause instanceof ConnectException)
                && !(cause instanceof HttpTimeoutException);
    }

    /** Not the time-out of the request: it ends with the headers, and an answer may drip for ever after that. */
    <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> body, Duration limit) {
        CompletableFuture<HttpResponse<T>> exchange = client.sendAsync(request, body);
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

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
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;

/**
 * Single requests, each bounded in time as a whole. Thread-safe.
 *
 * <p>The keep-alive trap: uvicorn closes an idle connection after 5 s, the JDK keeps it, and a request that meets the close
 * fails without an answer ("header parser received no bytes"). The remedy is not the JVM-wide property but another try at
 * once for requests that may be carried out twice; several, since all idle connections go stale together. A request that may
 * not be carried out twice has a client of its own, on whose only connection it follows a harmless one that has just been
 * answered: so the connection lives, and the server is not one that hangs.
 */
final class MlflowTransport {

    private static final int MOST_TRIES = 4;

    private final Connections connections;
    private final ObjectMapper mapper;
    private final LongSupplier nanoTime;

    MlflowTransport(Connections connections, ObjectMapper mapper, LongSupplier nanoTime) {
        this.connections = connections;
        this.mapper = mapper;
        this.nanoTime = nanoTime;
    }

    /** A request that may be carried out twice. */
    MlflowAnswer send(String what, HttpRequest request, Duration limit) {
        return checked(answer(what, connections.shared(), request, limit));
    }

    /**
     * A request that must not be carried out twice.
     *
     * @param harmless what to send before, to see that the connection lives
     */
    MlflowAnswer sendOnce(String what, HttpRequest harmless, HttpRequest request, Duration limit) {
        long start = nanoTime.getAsLong();
        return connections.alone(client -> {
            try {
                answer(what, client, harmless, limit);
            } catch (MlflowException failure) {
                throw failure.beforeItWasSent();
            }
            long left = limit.toNanos() - (nanoTime.getAsLong() - start);
            return checked(MlflowAnswer.of(what, exchange(client, request, left, limit), mapper));
        });
    }

    private static MlflowAnswer checked(MlflowAnswer answer) {
        if (!answer.succeeded()) {
            throw MlflowException.of(answer);
        }
        return answer;
    }

    private MlflowAnswer answer(String what, HttpClient client, HttpRequest request, Duration limit) {
        return again(limit, left -> MlflowAnswer.of(what, exchange(client, request, left, limit), mapper));
    }

    /**
     * Makes a request that may be carried out twice, at once again when its connection was dropped.
     *
     * @param request takes the nanoseconds that are left
     */
    <T> T again(Duration limit, LongFunction<T> request) {
        long start = nanoTime.getAsLong();
        for (int tries = 1; ; tries++) {
            try {
                return request.apply(limit.toNanos() - (nanoTime.getAsLong() - start));
            } catch (MlflowException failure) {
                if (tries == MOST_TRIES || !connectionWasDropped(failure)) {
                    throw failure;
                }
            }
        }
    }

    private static boolean connectionWasDropped(MlflowException failure) {
        Throwable cause = failure.getCause();
        return cause instanceof IOException
                && !(cause instanceof ConnectException)
                && !(cause instanceof HttpTimeoutException)
                && !(cause instanceof SSLException);
    }

    /** Not the time-out of the request: it ends with the headers, and an answer may drip for ever after that. */
    private static HttpResponse<byte[]> exchange(
            HttpClient client, HttpRequest request, long leftNanos, Duration limit) {
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
        try {
            return exchange.get(Math.max(0, leftNanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            exchange.cancel(true);
            throw MlflowException.unanswered(
                    MlflowException.Kind.LATER, "no answer within " + limit.toMillis() + " ms", null);
        } catch (InterruptedException stopped) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw MlflowException.unanswered(MlflowException.Kind.LATER, "stopped while waiting for an answer", null);
        } catch (ExecutionException failure) {
            throw NoAnswer.because(failure.getCause());
        }
    }
}

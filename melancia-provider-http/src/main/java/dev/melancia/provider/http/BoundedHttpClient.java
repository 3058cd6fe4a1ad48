package dev.melancia.provider.http;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * langchain4j's client seam on {@link java.net.http.HttpClient}. It exists beside langchain4j's own JDK client because
 * that one (1.18.1 on JDK 17)
 *
 * <ul>
 *   <li>waits for headers only: a server that stalls in the middle of an answer holds the caller for ever;
 *   <li>reads streams on threads of the common pool, where the JDK completes {@code sendAsync}, and those are the host's;
 *   <li>ends a cut stream twice, with an error and then with a close that reads as success, and an Ollama stream that
 *       is cut cleanly, or is no JSON, not at all;
 *   <li>repeats a server's error body, and a key in it, in its exceptions;
 *   <li>drops the headers of an error, {@code Retry-After} among them.
 * </ul>
 *
 * <p>Interrupting a caller, or closing a stream, gives up the connection, which is how a model server learns to stop.
 */
final class BoundedHttpClient implements HttpClient {

    private static final AtomicInteger THREADS = new AtomicInteger();

    private final Executor executor = Executors.newCachedThreadPool(BoundedHttpClient::daemon);
    private final java.net.http.HttpClient client;
    private final Duration limit;
    private final Reading reading;

    BoundedHttpClient(Duration connectTimeout, Duration limit, Reading reading) {
        this.client = java.net.http.HttpClient.newBuilder()
                .connectTimeout(connectTimeout)
                .executor(executor)
                .build();
        this.limit = limit;
        this.reading = reading;
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        Failures failures = Failures.of(request, reading.redaction());
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(JdkRequests.of(request, limit), BodyHandlers.ofByteArray());
        try {
            return answer(exchange.get(limit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw failures.timeout(limit);
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw failures.interrupted(e);
        } catch (ExecutionException e) {
            throw failures.of(e.getCause() == null ? e : e.getCause());
        }
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        GuardedListener guarded = new GuardedListener(listener, Failures.of(request, reading.redaction()), reading);
        // The listener hears of every failure, so nobody looks at the future.
        var unused = client.sendAsync(JdkRequests.of(request, limit), BodyHandlers.ofInputStream())
                .whenCompleteAsync((response, failure) -> read(response, failure, parser, guarded), executor);
    }

    private SuccessfulHttpResponse answer(HttpResponse<byte[]> response) {
        if (!Reading.isSuccess(response)) {
            throw reading.failure(response, response.body());
        }
        return reading.success(response)
                .body(reading.redaction().answer(response.body()))
                .build();
    }

    private void read(
            @Nullable HttpResponse<InputStream> response,
            @Nullable Throwable failure,
            ServerSentEventParser parser,
            GuardedListener listener) {
        if (response == null) {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            listener.onError(cause == null ? new IOException("no response") : cause);
            return;
        }
        try (InputStream body = new GapLimitedStream(response.body(), limit)) {
            if (Reading.isSuccess(response)) {
                listener.onOpen(reading.success(response).build());
                parser.parse(body, listener);
                listener.onClose();
            } else {
                listener.onError(reading.failure(response, body.readAllBytes()));
            }
        } catch (IOException | RuntimeException e) {
            listener.onError(e);
        }
    }

    // A pooled thread serves callers other than the one that made it: it takes over nothing of that one's.
    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(null, task, "melancia-http-" + THREADS.incrementAndGet(), 0, false);
        thread.setContextClassLoader(BoundedHttpClient.class.getClassLoader());
        thread.setDaemon(true);
        return thread;
    }
}

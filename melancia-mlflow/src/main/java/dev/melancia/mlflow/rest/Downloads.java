package dev.melancia.mlflow.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Answers that are content, written piece by piece to where they belong.
 *
 * <p>The limit of the whole answer grows by a second with each megabyte that has come, as the length need not be known
 * before. An answer that drips ends with the request's limit all the same.
 */
final class Downloads {

    private static final long NANOS_PER_BYTE = 1000;

    private final HttpClient client;
    private final ObjectMapper mapper;

    Downloads(HttpClient client, ObjectMapper mapper) {
        this.client = client;
        this.mapper = mapper;
    }

    /**
     * Carries out the request once. What was written before it failed stays there.
     *
     * @param limitNanos for an answer without content
     */
    void receive(HttpRequest request, WritableByteChannel out, long limitNanos) {
        AtomicLong received = new AtomicLong();
        HttpResponse<byte[]> response = await(
                client.sendAsync(
                        request, head -> isContent(head) ? new Receiver(out, received) : BodySubscribers.ofByteArray()),
                received,
                limitNanos);
        MlflowAnswer answer = MlflowAnswer.of("artifact", response, mapper);
        if (!answer.succeeded()) {
            throw MlflowException.of(answer);
        }
        if (response.body().length > 0) {
            throw MlflowException.blocked(answer, "a file");
        }
    }

    /** A gateway's page to sign in is answered 200 too; MLflow calls everything an attachment. */
    private static boolean isContent(HttpResponse.ResponseInfo head) {
        boolean page = head.headers().firstValue("content-type").orElse("").startsWith("text/html")
                && head.headers().firstValue("content-disposition").isEmpty();
        return head.statusCode() >= 200 && head.statusCode() < 300 && !page;
    }

    private HttpResponse<byte[]> await(
            CompletableFuture<HttpResponse<byte[]>> exchange, AtomicLong received, long limitNanos) {
        long waited = 0;
        while (true) {
            long left = limitNanos + received.get() * NANOS_PER_BYTE - waited;
            try {
                if (left <= 0) {
                    exchange.cancel(true);
                    throw MlflowException.unanswered(
                            MlflowException.Kind.LATER,
                            "no complete answer within " + waited / 1_000_000 + " ms",
                            null);
                }
                return exchange.get(left, TimeUnit.NANOSECONDS);
            } catch (TimeoutException late) {
                waited += left;
            } catch (InterruptedException stopped) {
                exchange.cancel(true);
                Thread.currentThread().interrupt();
                throw MlflowException.unanswered(
                        MlflowException.Kind.LATER, "stopped while waiting for an answer", null);
            } catch (ExecutionException failure) {
                throw failed(failure.getCause());
            }
        }
    }

    private static RuntimeException failed(@Nullable Throwable cause) {
        if (cause instanceof UncheckedIOException disk) {
            return disk;
        }
        return NoAnswer.because(cause);
    }

    /** Writes what comes. Errors of the disk are unchecked, to be told from those of the connection. */
    private static final class Receiver implements HttpResponse.BodySubscriber<byte[]> {

        private final WritableByteChannel out;
        private final AtomicLong received;
        private final CompletableFuture<byte[]> result = new CompletableFuture<>();
        private volatile Flow.Subscription subscription = new Flow.Subscription() {
            @Override
            public void request(long pieces) {}

            @Override
            public void cancel() {}
        };

        Receiver(WritableByteChannel out, AtomicLong received) {
            this.out = out;
            this.received = received;
        }

        @Override
        public CompletionStage<byte[]> getBody() {
            return result;
        }

        @Override
        public void onSubscribe(Flow.Subscription begun) {
            subscription = begun;
            begun.request(1);
        }

        @Override
        public void onNext(List<ByteBuffer> pieces) {
            try {
                for (ByteBuffer piece : pieces) {
                    received.addAndGet(piece.remaining());
                    while (piece.hasRemaining()) {
                        out.write(piece);
                    }
                }
                subscription.request(1);
            } catch (IOException disk) {
                subscription.cancel();
                result.completeExceptionally(new UncheckedIOException(disk));
            }
        }

        @Override
        public void onError(Throwable failure) {
            result.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            result.complete(new byte[0]);
        }
    }
}

package dev.melancia.provider.http;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.HttpRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/**
 * Names the server in what went wrong with it. langchain4j's mapper looks at the root cause and keeps a runtime
 * exception otherwise, so the JDK's own exception stays below.
 */
final class Failures {

    private final String server;
    private final Redaction redaction;

    private Failures(String server, Redaction redaction) {
        this.server = server;
        this.redaction = redaction;
    }

    static Failures of(HttpRequest request, Redaction redaction) {
        URI uri = URI.create(request.url());
        return new Failures(uri.getScheme() + "://" + uri.getAuthority(), redaction);
    }

    RuntimeException of(Throwable failure) {
        if (failure instanceof HttpException || failure instanceof TimeoutException) {
            return (RuntimeException) failure;
        }
        if (failure instanceof HttpConnectTimeoutException) {
            return new TimeoutException("no connection to " + server + " in time", failure);
        }
        if (failure instanceof HttpTimeoutException) {
            return new TimeoutException(server + " did not answer in time: " + failure.getMessage(), failure);
        }
        if (failure instanceof IOException io) {
            return broken(io);
        }
        return failure instanceof RuntimeException runtime
                ? runtime
                : new IllegalStateException("exchange with " + server + " failed", failure);
    }

    TimeoutException timeout(Duration limit) {
        return (TimeoutException) of(new HttpTimeoutException("no complete answer within " + limit.toMillis() + " ms"));
    }

    RuntimeException interrupted(InterruptedException cause) {
        return new IllegalStateException("interrupted while waiting for " + server, cause);
    }

    private UncheckedIOException broken(IOException failure) {
        String message = failure.getMessage();
        String text = message == null ? failure.getClass().getSimpleName() : message;
        String blanked = redaction.error(text);
        IOException cause = blanked.equals(text) ? failure : new IOException(blanked);
        return new UncheckedIOException("exchange with " + server + " failed: " + blanked, cause);
    }
}

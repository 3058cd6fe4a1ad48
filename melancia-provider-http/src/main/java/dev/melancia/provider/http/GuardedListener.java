package dev.melancia.provider.http;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParsingHandle;
import java.io.EOFException;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets one terminal signal through and no key, takes a stream without its last event for a broken one, and an event that
 * says it is an error for one. Called from the one thread that reads the stream.
 */
final class GuardedListener implements ServerSentEventListener {

    private final ServerSentEventListener listener;
    private final Failures failures;
    private final Reading reading;
    private @Nullable ServerSentEventParsingHandle handle;
    private boolean ended;
    private boolean complete;

    GuardedListener(ServerSentEventListener listener, Failures failures, Reading reading) {
        this.listener = listener;
        this.failures = failures;
        this.reading = reading;
    }

    @Override
    public void onOpen(SuccessfulHttpResponse response) {
        listener.onOpen(response);
    }

    @Override
    public void onEvent(ServerSentEvent event) {
        give(event, listener::onEvent);
    }

    @Override
    public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
        handle = context.parsingHandle();
        give(event, blanked -> listener.onEvent(blanked, context));
        if (ended) {
            handle.cancel();
        }
    }

    @Override
    public void onError(Throwable error) {
        end(() -> listener.onError(failures.of(error)));
    }

    @Override
    public void onClose() {
        if (complete) {
            end(listener::onClose);
        } else {
            onError(new EOFException("the stream ended before its last event"));
        }
    }

    // Nobody waits for the end of a stream that was cancelled.
    private void end(Runnable signal) {
        if (!ended && (handle == null || !handle.isCancelled())) {
            ended = true;
            signal.run();
        }
    }

    // langchain4j logs and drops what fails in here, and an answer would end without any signal.
    private void give(ServerSentEvent event, Consumer<ServerSentEvent> to) {
        if (ended) {
            return;
        }
        String data = event.data();
        OptionalInt failure = data == null ? OptionalInt.empty() : StreamErrors.statusOf(data);
        if (failure.isPresent()) {
            onError(new HttpException(failure.getAsInt(), reading.redaction().error(data)));
            return;
        }
        ServerSentEvent blanked = reading.redaction().answer(event);
        complete = complete || reading.lastEvent().test(blanked.data());
        try {
            to.accept(blanked);
        } catch (RuntimeException e) {
            onError(e);
        }
    }
}

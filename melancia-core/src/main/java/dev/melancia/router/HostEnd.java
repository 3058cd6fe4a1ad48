package dev.melancia.router;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.melancia.call.Outcome;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells all who wait for the end of a stream, the host last: whatever breaks on the way, it hears. Immutable. */
final class HostEnd {

    private static final Logger LOG = LoggerFactory.getLogger(HostEnd.class);

    private final PreparedCall call;
    private final StreamingChatResponseHandler host;

    HostEnd(PreparedCall call, StreamingChatResponseHandler host) {
        this.call = call;
        this.host = host;
    }

    /** @param response there when the outcome is an answer */
    void with(RoutedModel model, Outcome outcome, @Nullable ChatResponse response, long nowNanos) {
        if (outcome.isAnswer() && response != null) {
            answered(model, outcome, response, nowNanos);
        } else {
            failed(outcome, call.ledger.failure(), nowNanos);
        }
    }

    private void answered(RoutedModel model, Outcome outcome, ChatResponse response, long nowNanos) {
        try {
            call.ledger.close(outcome, nowNanos);
            call.answered(model, outcome, response);
        } finally {
            tell(() -> host.onCompleteResponse(response));
        }
    }

    void failed(Outcome outcome, Throwable failure, long nowNanos) {
        try {
            call.ledger.close(outcome, nowNanos);
            call.failed(failure);
        } finally {
            tell(() -> host.onError(failure));
        }
    }

    /** The host gets no signal, as langchain4j does it; listeners that opened something hear that it is over. */
    void cancelled(long nowNanos) {
        call.ledger.close(Outcome.CANCELLED, nowNanos);
        call.failed(new CancellationException("the host cancelled the stream"));
    }

    /** A handler that throws in its terminal method breaks nothing else. */
    static void tell(Runnable terminal) {
        try {
            terminal.run();
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("error", e.getClass().getName())
                    .log("A streaming handler throws in its terminal method; the call has ended");
        }
    }
}

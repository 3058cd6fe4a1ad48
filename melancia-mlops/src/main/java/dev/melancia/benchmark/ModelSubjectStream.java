package dev.melancia.benchmark;

import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Waits for the end of one stream and notes when its first text came. The first terminal signal counts. A stream that is
 * given up is cancelled, at its next piece where none has come before. Written by the thread of the stream, awaited by
 * another.
 */
final class ModelSubjectStream implements StreamingChatResponseHandler {

    private final CompletableFuture<ChatResponse> end = new CompletableFuture<>();
    private final LongSupplier nanoTicker;
    private final long start;
    private volatile long firstTokenNanos = ModelSubjectReply.NOT_MEASURED;
    private volatile StreamingHandle handle = new NoHandle();

    ModelSubjectStream(LongSupplier nanoTicker) {
        this.nanoTicker = nanoTicker;
        this.start = nanoTicker.getAsLong();
    }

    /**
     * The whole answer.
     *
     * @throws TimeoutException when it was not there within the limit
     */
    ModelSubjectExchange.Timed await(Duration limit) throws Exception {
        try {
            ChatResponse response = end.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return new ModelSubjectExchange.Timed(response, firstTokenNanos);
        } catch (java.util.concurrent.TimeoutException e) {
            giveUp();
            throw new TimeoutException("the stream must end within " + limit + " and has not; set limit(...) of the"
                    + " subject if the model is that slow");
        } catch (InterruptedException e) {
            giveUp();
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception failure ? failure : e;
        }
    }

    private void giveUp() {
        end.cancel(false);
        handle.cancel();
    }

    @Override
    public void onPartialResponse(String text) {
        piece(text);
    }

    @Override
    public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
        hold(context.streamingHandle());
        piece(piece.text());
    }

    @Override
    public void onPartialThinking(PartialThinking piece, PartialThinkingContext context) {
        hold(context.streamingHandle());
    }

    private void hold(StreamingHandle streamingHandle) {
        handle = streamingHandle;
        if (end.isCancelled()) {
            streamingHandle.cancel();
        }
    }

    private void piece(String text) {
        if (firstTokenNanos == ModelSubjectReply.NOT_MEASURED && !text.isEmpty()) {
            firstTokenNanos = Math.max(0, nanoTicker.getAsLong() - start);
        }
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        end.complete(response);
    }

    @Override
    public void onError(Throwable error) {
        end.completeExceptionally(error);
    }

    /** Of a model that lets no stream be cancelled, or whose stream has said nothing yet. */
    private static final class NoHandle implements StreamingHandle {

        @Override
        public void cancel() {
            // nothing to cancel
        }

        @Override
        public boolean isCancelled() {
            return false;
        }
    }
}

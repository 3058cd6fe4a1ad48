package dev.melancia.examples.extractive;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;

/**
 * One answer on its way to one handler. Exactly one terminal signal ends it: the error of a handler that fails on a
 * piece, else the whole response; after a cancel comes none, as with langchain4j's own models. May be cancelled from
 * any thread.
 */
final class AnswerStream implements StreamingHandle {

    private final StreamingChatResponseHandler handler;
    private volatile boolean cancelled;

    AnswerStream(StreamingChatResponseHandler handler) {
        this.handler = handler;
    }

    void send(ChatResponse response) {
        PartialResponseContext context = new PartialResponseContext(this);
        for (String token : Tokens.split(response.aiMessage().text())) {
            try {
                handler.onPartialResponse(new PartialResponse(token), context);
            } catch (RuntimeException e) {
                if (!cancelled) {
                    handler.onError(e);
                }
                return;
            }
            if (cancelled) {
                return;
            }
        }
        handler.onCompleteResponse(response);
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }
}

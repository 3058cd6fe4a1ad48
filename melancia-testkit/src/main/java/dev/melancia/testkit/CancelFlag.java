package dev.melancia.testkit;

import dev.langchain4j.model.chat.response.StreamingHandle;

/** Remembers that a stream was cancelled. */
final class CancelFlag implements StreamingHandle {

    private volatile boolean cancelled;

    @Override
    public void cancel() {
        cancelled = true;
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }
}

package dev.melancia.testkit;

import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what a model tells its listeners. */
final class CallCounter implements ChatModelListener {

    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger responses = new AtomicInteger();
    private final AtomicInteger errors = new AtomicInteger();

    @Override
    public void onRequest(ChatModelRequestContext context) {
        requests.incrementAndGet();
    }

    @Override
    public void onResponse(ChatModelResponseContext context) {
        responses.incrementAndGet();
    }

    @Override
    public void onError(ChatModelErrorContext context) {
        errors.incrementAndGet();
    }

    /** Requests, responses, errors. */
    String counts() {
        return requests + " requests, " + responses + " responses, " + errors + " errors";
    }
}

package dev.melancia.examples.quickstart;

import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.concurrent.atomic.AtomicInteger;

/** A model that refuses every n-th call on purpose, to show what the router makes of it. */
final class FailingEverySoOften implements ChatModel {

    private final ChatModel model;
    private final int every;
    private final AtomicInteger calls = new AtomicInteger();

    FailingEverySoOften(ChatModel model, int every) {
        this.model = model;
        this.every = every;
    }

    @Override
    public ChatResponse chat(ChatRequest request, ChatRequestOptions options) {
        if (calls.incrementAndGet() % every == 0) {
            throw new RateLimitException("refused on purpose, as a busy server does (HTTP 429)");
        }
        return model.chat(request, options);
    }
}

package dev.melancia.provider.ollama;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.ollama.OllamaChatModel;

/**
 * langchain4j's model, whose responses say how the server spent its time. The exchange itself is made by a model of its own
 * for each call, on a shared connection pool: only so is it certain whose durations a client hears, with calls at once too.
 * Thread-safe.
 */
final class TimedChatModel extends OllamaChatModel {

    private final OllamaConnection connection;

    TimedChatModel(OllamaChatModelBuilder builder, OllamaConnection connection) {
        super(builder);
        this.connection = connection;
    }

    /** Of a request that has this model's parameters in it already. */
    @Override
    public ChatResponse doChat(ChatRequest request) {
        OneCall call = connection.call();
        OllamaChatModel exchange = new OllamaChatModelBuilder()
                .httpClientBuilder(OneCall.builderOf(call))
                .baseUrl(connection.url)
                .customHeaders(connection.headers)
                .maxRetries(0)
                .build();
        return call.timed(exchange.doChat(request));
    }
}

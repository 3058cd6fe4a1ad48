package dev.melancia.provider.ollama;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;

/** {@link TimedChatModel} for answers that come piece by piece. Thread-safe. */
final class TimedStreamingChatModel extends OllamaStreamingChatModel {

    private final OllamaConnection connection;

    TimedStreamingChatModel(OllamaStreamingChatModelBuilder builder, OllamaConnection connection) {
        super(builder);
        this.connection = connection;
    }

    /** Of a request that has this model's parameters in it already. */
    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        OneCall call = connection.call();
        new OllamaStreamingChatModelBuilder()
                .httpClientBuilder(OneCall.builderOf(call))
                .baseUrl(connection.url)
                .customHeaders(connection.headers)
                .build()
                .doChat(request, new TimedHandler(handler, call));
    }
}

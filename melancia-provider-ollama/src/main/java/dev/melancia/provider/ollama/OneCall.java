package dev.melancia.provider.ollama;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.time.Duration;

/**
 * The client of a single call: it hears the durations that the server reports and langchain4j drops. They are heard and
 * taken on one thread, the caller's for an answer in one piece, the one that reads the stream otherwise.
 */
final class OneCall implements HttpClient {

    private final HttpClient client;
    private Durations heard = Durations.UNKNOWN;

    OneCall(HttpClient client) {
        this.client = client;
    }

    /** The response with what was heard. */
    ChatResponse timed(ChatResponse response) {
        return OllamaMetadata.in(response, heard);
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        SuccessfulHttpResponse response = client.execute(request);
        hear(response.body());
        return response;
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        client.execute(request, parser, new Listener(listener));
    }

    private void hear(String body) {
        Durations durations = Durations.read(body);
        if (!durations.areUnknown()) {
            heard = durations;
        }
    }

    /** A builder of this client, in the shape in which langchain4j's models take one; limits are the client's own. */
    static HttpClientBuilder builderOf(HttpClient client) {
        return new Ready(client);
    }

    /** Hears each event before langchain4j's reader, which completes the response with the last one. */
    private final class Listener implements ServerSentEventListener {

        private final ServerSentEventListener reader;

        private Listener(ServerSentEventListener reader) {
            this.reader = reader;
        }

        @Override
        public void onOpen(SuccessfulHttpResponse response) {
            reader.onOpen(response);
        }

        @Override
        public void onEvent(ServerSentEvent event) {
            hear(event.data());
            reader.onEvent(event);
        }

        @Override
        public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
            hear(event.data());
            reader.onEvent(event, context);
        }

        @Override
        public void onError(Throwable error) {
            reader.onError(error);
        }

        @Override
        public void onClose() {
            reader.onClose();
        }
    }

    private record Ready(HttpClient client) implements HttpClientBuilder {

        @Override
        public Duration connectTimeout() {
            return Duration.ZERO;
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration ignored) {
            return this;
        }

        @Override
        public Duration readTimeout() {
            return Duration.ZERO;
        }

        @Override
        public HttpClientBuilder readTimeout(Duration ignored) {
            return this;
        }

        @Override
        public HttpClient build() {
            return client;
        }
    }
}

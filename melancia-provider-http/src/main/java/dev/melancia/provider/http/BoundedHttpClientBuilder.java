package dev.melancia.provider.http;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import java.time.Duration;

/**
 * The shape in which langchain4j's models take a client. Its limits stand: a model that is built without a time-out sets
 * langchain4j's own of 15 s and 60 s on any builder it is given, and that must not replace what the settings say.
 */
final class BoundedHttpClientBuilder implements HttpClientBuilder {

    private final Duration connectTimeout;
    private final Duration readTimeout;
    private final Reading reading;

    BoundedHttpClientBuilder(Duration connectTimeout, Duration readTimeout, Reading reading) {
        this.connectTimeout = connectTimeout;
        this.readTimeout = readTimeout;
        this.reading = reading;
    }

    @Override
    public Duration connectTimeout() {
        return connectTimeout;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration ignored) {
        return this;
    }

    @Override
    public Duration readTimeout() {
        return readTimeout;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration ignored) {
        return this;
    }

    @Override
    public HttpClient build() {
        return new BoundedHttpClient(connectTimeout, readTimeout, reading);
    }
}

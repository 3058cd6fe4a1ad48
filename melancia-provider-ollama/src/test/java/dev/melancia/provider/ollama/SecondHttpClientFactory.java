package dev.melancia.provider.ollama;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpClientBuilderFactory;

/** A second HTTP client module on the class path, as Spring's or OkHttp's would be; it must never be asked. */
public final class SecondHttpClientFactory implements HttpClientBuilderFactory {

    public SecondHttpClientFactory() {}

    @Override
    public HttpClientBuilder create() {
        throw new AssertionError("the provider must bring its own HTTP client");
    }
}

package dev.melancia.provider.ollama;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.melancia.provider.ModelSettings;
import dev.melancia.provider.Secret;
import dev.melancia.provider.http.ProviderHttp;
import java.util.Map;
import java.util.Optional;

/** Where one model's server is and how to talk to it; all calls of the model share the client. Immutable, thread-safe. */
final class OllamaConnection {

    final String url;
    final Map<String, String> headers;
    private final HttpClient client;

    private OllamaConnection(String url, Map<String, String> headers, HttpClient client) {
        this.url = url;
        this.headers = headers;
        this.client = client;
    }

    static OllamaConnection of(ModelSettings settings) {
        ProviderHttp http = ProviderHttp.of(settings);
        Optional<Secret> key = settings.apiKey().map(secret -> http.requireSendable(secret, "apiKey"));
        return new OllamaConnection(
                OllamaHost.address(http, settings).toString(),
                key.map(secret -> Map.of("Authorization", "Bearer " + secret.reveal()))
                        .orElse(Map.of()),
                http.client(LastLine::test, key.stream().toArray(Secret[]::new)).build());
    }

    /** A client of a single call. */
    OneCall call() {
        return new OneCall(client);
    }

    /** For the model that calls are made with, which itself makes none. */
    HttpClientBuilder clientBuilder() {
        return OneCall.builderOf(client);
    }
}

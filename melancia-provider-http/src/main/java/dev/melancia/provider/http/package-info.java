/**
 * What providers that speak HTTP share: where the address and the key come from, and a client that bounds every
 * exchange, ends every stream once, and lets no key back out. For authors of providers; an application needs none of it.
 *
 * <pre>{@code
 * ProviderHttp http = ProviderHttp.of(settings);
 * Secret key = http.key("ACME_API_KEY");
 * return OpenAiChatModel.builder()
 *         .httpClientBuilder(http.client(ProviderHttp::isLastOfOpenAi, key))
 *         .baseUrl(http.address("ACME_BASE_URL", URI.create("https://api.acme.example/v1")).toString())
 *         .apiKey(key.reveal())
 *         .modelName(settings.model().model())
 *         .maxRetries(0)
 *         .listeners(settings.listeners())
 *         .build();
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.provider.http;

import org.jspecify.annotations.NullMarked;

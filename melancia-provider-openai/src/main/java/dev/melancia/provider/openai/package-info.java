/**
 * Chat models of OpenAI, and of servers that speak its API. With this artifact on the class path and
 * {@code OPENAI_API_KEY} in the environment:
 *
 * <pre>{@code
 * ModelSettings mini = ModelSettings.of(ModelId.of("openai/gpt-4o-mini"));
 * ChatModel model = ChatModelProviders.discover().chatModel(mini);
 *
 * // llama-server, vLLM, LM Studio, a gateway: the same with OPENAI_BASE_URL, or
 * ModelSettings local = ModelSettings.builder(ModelId.of("openai/tiny"))
 *         .baseUrl(URI.create("http://127.0.0.1:8080/v1"))
 *         .apiKey(Secret.of("none"))
 *         .build();
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.provider.openai;

import org.jspecify.annotations.NullMarked;

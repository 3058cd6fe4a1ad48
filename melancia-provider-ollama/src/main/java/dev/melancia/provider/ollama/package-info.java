/**
 * Chat models of an Ollama server, by its own API. With this artifact on the class path and a server on this machine, or
 * {@code OLLAMA_HOST} in the environment:
 *
 * <pre>{@code
 * ModelSettings phi3 = ModelSettings.of(ModelId.of("ollama/phi3:mini"));
 * ChatModel model = ChatModelProviders.discover().chatModel(phi3);
 *
 * // What depends on the model is declared for the model:
 * ModelSettings llama = ModelSettings.builder(ModelId.of("ollama/llama3.1"))
 *         .capabilities(Set.of(ModelCapability.STREAMING, ModelCapability.JSON_SCHEMA, ModelCapability.TOOLS))
 *         .build();
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.provider.ollama;

import org.jspecify.annotations.NullMarked;

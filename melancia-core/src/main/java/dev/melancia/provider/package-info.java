/**
 * Where models come from. A provider module implements {@link dev.melancia.provider.ChatModelProvider}; an application
 * finds it by id:
 *
 * <pre>{@code
 * ChatModelProviders providers = ChatModelProviders.discover();
 * ModelId phi3 = ModelId.of("ollama/phi3:mini");
 * ChatModel model = providers.chatModel(ModelSettings.of(phi3));
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.provider;

import org.jspecify.annotations.NullMarked;

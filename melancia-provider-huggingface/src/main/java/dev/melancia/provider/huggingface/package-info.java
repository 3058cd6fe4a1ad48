/**
 * Chat models hosted by Hugging Face. With this artifact on the class path and {@code HF_TOKEN} in the environment:
 *
 * <pre>{@code
 * ModelSettings llama = ModelSettings.of(ModelId.of("huggingface/meta-llama/Llama-3.1-8B-Instruct"));
 * ChatModel model = ChatModelProviders.discover().chatModel(llama);
 *
 * // A dedicated endpoint: its own address and /v1. It answers 503 while it wakes up.
 * ModelSettings own = ModelSettings.builder(ModelId.of("huggingface/tgi"))
 *         .baseUrl(URI.create("https://my-endpoint.endpoints.huggingface.cloud/v1"))
 *         .build();
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.provider.huggingface;

import org.jspecify.annotations.NullMarked;

/**
 * Answers kept and given again: the same question to the same model costs once.
 *
 * <pre>{@code
 * ModelRouter router = ModelRouter.builder()
 *     .model(Candidate.builder("openai/gpt-4o-mini").build(), gpt4oMini)
 *     .cache(ResponseCache.caffeine())                      // off unless given
 *     .build();
 * ChatModel model = router.chatModel(CallContext.builder().tenant("loja-1").promptVersion("answer@3").build());
 * model.chat("O que é retail media?");                      // asks the model
 * model.chat("O que é retail media?");                      // does not; its record says so, and what was saved
 * }</pre>
 *
 * <p>The user is no part of the key: {@link dev.melancia.cache.CacheKey} says what is, and when to leave the cache off.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.cache;

import org.jspecify.annotations.NullMarked;

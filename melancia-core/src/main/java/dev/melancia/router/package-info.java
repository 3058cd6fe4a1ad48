/**
 * The router: one call, the best available answer.
 *
 * <pre>{@code
 * ModelRouter router = ModelRouter.builder()
 *     .model(Candidate.builder("ollama/phi3:mini").tier("local").price(TokenPrice.free()).build(), phi3)
 *     .model(Candidate.builder("openai/gpt-4o-mini").tier("paid").build(), gpt4oMini)
 *     .policy(hybrid)
 *     .listener(record -> log.info("{}", record))
 *     .build();
 * ChatModel model = router.chatModel(CallContext.builder().userId("ana").tier("premium").build());
 * String answer = model.chat("O que é retail media?");
 * }</pre>
 *
 * <p>Inside, {@code CallMachine} decides purely what happens next; {@code BlockingShell} and {@code StreamingCall} carry it
 * out. {@code docs/architecture.md} walks through a call.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.router;

import org.jspecify.annotations.NullMarked;

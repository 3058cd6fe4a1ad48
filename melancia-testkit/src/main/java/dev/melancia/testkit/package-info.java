/**
 * For tests of applications and of providers.
 *
 * <p>An application scripts its models instead of calling real ones:
 *
 * <pre>{@code
 * ScriptedChatModel local = ScriptedChatModel.failing(new TimeoutException("too slow"));
 * ScriptedChatModel paid = ScriptedChatModel.answering("42").withTokenUsage(new TokenUsage(10, 1));
 * // ... call the application ...
 * assertThat(paid.requests()).hasSize(1);
 * }</pre>
 *
 * <p>A provider proves itself with one short subclass of {@link dev.melancia.testkit.HttpChatModelProviderContract}, or
 * of {@link dev.melancia.testkit.ChatModelProviderContract} when it speaks no HTTP, and a second one of
 * {@link dev.melancia.testkit.RoutedProviderContract} for what its users get through the router.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.testkit;

import org.jspecify.annotations.NullMarked;

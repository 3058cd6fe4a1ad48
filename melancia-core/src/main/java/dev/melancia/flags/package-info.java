/**
 * Switches and shares that change without a deploy, and the arithmetic that keeps a user on one side of a share.
 *
 * <pre>{@code
 * FeatureFlags flags = FeatureFlags.builder().file(Path.of("flags.json")).build();
 * FlagContext ana = FlagContext.of("ana").with("tier", "premium");
 * if (flags.evaluateBoolean(FeatureFlags.USE_OLLAMA, true, ana).value()) {
 *     boolean local = flags.evaluateShare(FeatureFlags.OLLAMA_PERCENTAGE, true, ana).value();
 * }
 * flags.set(FeatureFlags.USE_OLLAMA, false);        // at once, for every thread
 * FlagReload reload = flags.reload();               // the file changed; if it is broken, the last good one stays
 *
 * int arm = Split.of("hybrid", 0.8).arm("ana");     // the same arm in every process and every version
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.flags;

import org.jspecify.annotations.NullMarked;

/**
 * Switches and shares that change without a deploy, and the arithmetic that keeps a user on one side of a share.
 *
 * <pre>{@code
 * Split hybrid = Split.of("hybrid", 0.8);           // 80 % of the users get arm 0
 * int arm = hybrid.arm("user-42");                  // the same arm in every process and every version
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.flags;

import org.jspecify.annotations.NullMarked;

/**
 * Statistics: tests, effect sizes, intervals. Pure functions over arrays; depends on nothing else of ours. Each method
 * states its formula, assumptions, smallest sample and source.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.stats;

import org.jspecify.annotations.NullMarked;

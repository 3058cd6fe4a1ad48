/**
 * JMH benchmarks beside their peers, run in the same process:
 * {@code mvn -q -Pbenchmarks -pl benchmarks -am process-classes}. What they gave, with machine, load and settings, stands
 * in {@code docs/performance.md}.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.benchmarks;

import org.jspecify.annotations.NullMarked;

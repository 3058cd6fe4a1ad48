/**
 * Two subjects on the same questions: difference, interval, p-value, effect size. Pure functions; depends on {@code
 * dev.melancia.stats} only.
 *
 * <pre>{@code
 * Measurements first = Measurements.of(scoresOfA).within(0, 1).clusteredBy(documents);
 * Measurements second = Measurements.of(scoresOfB).within(0, 1).clusteredBy(documents);
 *
 * PairedComparison better = PairedComparison.of(first, second, 0.95, 42);
 * better.difference();                        // mean of A - B
 * better.interval();                          // or better.noInterval() says why not
 * better.pValue();                            // collect over pairs and metrics: Holm.adjust
 * better.minimumDetectable(0.05 / 30, 0.8);   // what 30 tests with these questions could have seen
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.stats.paired;

import org.jspecify.annotations.NullMarked;

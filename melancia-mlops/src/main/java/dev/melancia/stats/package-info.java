/**
 * Statistics: tests, effect sizes, intervals. Pure functions over arrays; depends on nothing else of ours. Each method
 * states its formula, assumptions, smallest sample and source.
 *
 * <pre>{@code
 * Sample before = Sample.of(secondsLastWeek);
 * Sample now = Sample.of(secondsToday);
 *
 * KolmogorovSmirnovResult test = KolmogorovSmirnov.test(before, now, new SplittableRandom(42));
 * EffectSizes effects = EffectSizes.between(before, now);
 * // is it chance (test.pValue()), and is it much (effects.medianShift(), in seconds)?
 *
 * double[] adjusted = Holm.adjust(latencyP, qualityP, tokensP);   // three questions at once
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.stats;

import org.jspecify.annotations.NullMarked;

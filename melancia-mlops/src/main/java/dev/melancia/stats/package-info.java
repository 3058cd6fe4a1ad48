/**
 * Statistics of one sample or two unpaired ones: intervals, tests, effect sizes; two subjects on the same questions are in
 * {@code dev.melancia.stats.paired}, agreement with people in {@code dev.melancia.stats.agreement}. Pure functions over
 * arrays; depends on nothing else of ours. Each method states its formula, assumptions, smallest sample and source.
 *
 * <pre>{@code
 * MeanInterval quality = MeanInterval.of(Measurements.of(scores).within(0, 1).clusteredBy(documents), 0.95);
 * quality.interval();                                             // or quality.noInterval() says why not
 * QuantileEstimate.of(Sample.of(seconds), 0.95, 0.95).interval();
 *
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

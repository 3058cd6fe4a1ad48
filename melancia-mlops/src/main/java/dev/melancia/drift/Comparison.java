package dev.melancia.drift;

import dev.melancia.stats.EffectSizes;
import dev.melancia.stats.KolmogorovSmirnov;
import dev.melancia.stats.KolmogorovSmirnovResult;
import dev.melancia.stats.Sample;
import java.util.random.RandomGenerator;

/** A metric's current values beside its baseline, before any decision. Keeps figures, not values. Immutable. */
record Comparison(Metric metric, KolmogorovSmirnovResult test, EffectSizes effects, double currentMedian) {

    static Comparison of(Baseline baseline, Sample current, RandomGenerator random) {
        return new Comparison(
                baseline.metric(),
                KolmogorovSmirnov.test(baseline.values(), current, random),
                EffectSizes.between(baseline.values(), current),
                current.median());
    }
}

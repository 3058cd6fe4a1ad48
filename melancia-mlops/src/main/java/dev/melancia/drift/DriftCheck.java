package dev.melancia.drift;

import static java.util.Objects.requireNonNull;

import dev.melancia.drift.DriftVerdict.TooFewSamples;
import dev.melancia.stats.Holm;
import dev.melancia.stats.Sample;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** One check of some metrics, judged together. Confined to one thread. */
final class DriftCheck {

    private static final double[] NOTHING = {};

    private final Collection<Baseline> family;
    private final Map<String, Sample> samples;
    private final DriftSettings settings;

    private DriftCheck(Collection<Baseline> family, Map<String, Sample> samples, DriftSettings settings) {
        this.family = family;
        this.samples = samples;
        this.settings = settings;
    }

    /** Checks the values that came in; metrics without any have no sample. */
    static DriftCheck of(Collection<Baseline> family, Map<String, double[]> current, DriftSettings settings) {
        Map<String, Sample> samples = new HashMap<>();
        for (Baseline baseline : family) {
            double[] values = current.getOrDefault(baseline.name(), NOTHING);
            if (requireNonNull(values, baseline.name()).length > 0) {
                samples.put(baseline.name(), Sample.named(baseline.name(), values));
            }
        }
        return new DriftCheck(family, samples, settings);
    }

    DriftReport report() {
        List<Comparison> comparisons =
                family.stream().filter(this::isEnough).map(this::compare).toList();
        double[] adjusted = Holm.adjust(comparisons.stream()
                .mapToDouble(comparison -> comparison.test().pValue())
                .toArray());
        Map<String, DriftVerdict> judged = new HashMap<>();
        for (int i = 0; i < adjusted.length; i++) {
            Comparison comparison = comparisons.get(i);
            judged.put(comparison.metric().name(), settings.decide(comparison, adjusted[i]));
        }
        return new DriftReport(family.stream()
                .map(baseline -> judged.getOrDefault(baseline.name(), tooFew(baseline)))
                .toList());
    }

    private boolean isEnough(Baseline baseline) {
        return Math.min(baseline.values().size(), currentSize(baseline)) >= settings.minimumSampleSize();
    }

    /** Each metric has its own generator, so that a verdict does not hang on which others are checked. */
    private Comparison compare(Baseline baseline) {
        Sample current = requireNonNull(samples.get(baseline.name()), "sample");
        return Comparison.of(baseline, current, new SplittableRandom(settings.seed()));
    }

    private TooFewSamples tooFew(Baseline baseline) {
        return new TooFewSamples(
                baseline.name(), baseline.values().size(), currentSize(baseline), settings.minimumSampleSize());
    }

    private int currentSize(Baseline baseline) {
        Sample sample = samples.get(baseline.name());
        return sample == null ? 0 : sample.size();
    }
}

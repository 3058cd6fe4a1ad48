package dev.melancia.drift;

import static java.util.Objects.requireNonNull;

import dev.melancia.stats.Sample;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells whether metrics of production (latency, quality, tokens) still follow their baseline. A pure function of the
 * values: same values, same verdicts. Immutable and thread-safe.
 *
 * <p>A metric is declared drifted when all of these hold: a two-sample Kolmogorov-Smirnov test, right for ties and corrected
 * by Holm's method over the metrics judged together, has {@code p < alpha}; the distance D reaches the minimum effect; and
 * the median or the 95th percentile moved by the metric's minimum shift, where one was given. The p-value alone would
 * not do: with thousands of calls it is small for differences nobody would notice.
 *
 * <p>Alpha holds for one check. A detector asked every hour at alpha .05 may cry wolf about once a day where windows are
 * small; give it a smaller alpha then, such as .001. Not for watching single calls, for trends within a window, or for
 * comparing two models on the same questions (estimate the mean of the differences, question by question).
 *
 * <p>Values that were not measured are left out by the caller: unknown is not zero.
 *
 * @see dev.melancia.stats.KolmogorovSmirnov
 * @since 0.1.0
 */
public final class DriftDetector {

    private final Map<String, Baseline> baselines;
    private final DriftSettings settings;

    private DriftDetector(Map<String, Baseline> baselines, DriftSettings settings) {
        this.baselines = Collections.unmodifiableMap(new LinkedHashMap<>(baselines));
        this.settings = settings;
    }

    /** A detector to be: give it at least one baseline. */
    public static Builder builder() {
        return new Builder();
    }

    /** The metrics that have a baseline, in the order given. */
    public Set<String> metrics() {
        return baselines.keySet();
    }

    /**
     * Judges all metrics together.
     *
     * @param current metric to its values since the baseline, in any order and in the baseline's unit; a metric that is
     *     absent or empty is reported as {@link DriftVerdict.TooFewSamples}. The arrays are not kept.
     * @throws IllegalArgumentException if a metric has no baseline, or a value is NaN or infinite
     */
    public DriftReport check(Map<String, double[]> current) {
        requireNonNull(current, "current");
        current.keySet().forEach(this::requireKnown);
        return DriftCheck.of(baselines.values(), current, settings).report();
    }

    /**
     * Judges one metric alone, without correction for any other: for several metrics use {@link #check(Map)}.
     *
     * @param metric one that has a baseline
     * @param current its values since then, in any order; may be empty. The array is not kept.
     * @throws IllegalArgumentException if the metric has no baseline, or a value is NaN or infinite
     */
    public DriftVerdict check(String metric, double... current) {
        requireNonNull(current, "current");
        Baseline baseline = requireKnown(metric);
        return DriftCheck.of(List.of(baseline), Map.of(metric, current), settings)
                .report()
                .verdicts()
                .get(0);
    }

    private Baseline requireKnown(String metric) {
        Baseline baseline = baselines.get(requireNonNull(metric, "metric"));
        if (baseline == null) {
            throw new IllegalArgumentException(
                    "metric must have a baseline, one of " + baselines.keySet() + ", was " + metric);
        }
        return baseline;
    }

    /**
     * Collects baselines and settings. Confined to one thread; may build several detectors.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private static final double DEFAULT_ALPHA = 0.05;
        private static final double DEFAULT_MINIMUM_EFFECT = 0.1;
        private static final double DEFAULT_HIGH_ABOVE = 0.3;
        private static final int DEFAULT_MINIMUM_SAMPLE_SIZE = 30;
        private static final int SMALLEST_MINIMUM_SAMPLE_SIZE = 4;

        private final Map<String, double[]> baselines = new LinkedHashMap<>();
        private final Map<String, String> units = new HashMap<>();
        private final Map<String, Double> minimumShifts = new HashMap<>();
        private double alpha = DEFAULT_ALPHA;
        private double minimumEffect = DEFAULT_MINIMUM_EFFECT;
        private int minimumSampleSize = DEFAULT_MINIMUM_SAMPLE_SIZE;
        private int referenceChunks;
        private SeverityScale severity = new SeverityScale(DEFAULT_MINIMUM_EFFECT, DEFAULT_HIGH_ABOVE);
        private long seed;

        Builder() {}

        /**
         * A metric and its values while all was well; copied. The order of time matters only for {@link #referenceChunks}.
         *
         * @param metric a name not used before, such as {@code latency}
         * @param unit of the values, such as {@code s}; for explanations
         * @param values at least one, all finite; leave out what was not measured
         */
        public Builder baseline(String metric, String unit, double... values) {
            requireText(metric, "metric");
            requireText(unit, "unit");
            Sample.named(metric, values);
            if (units.putIfAbsent(metric, unit) != null) {
                throw new IllegalArgumentException("metric must have one baseline, was given a second: " + metric);
            }
            baselines.put(metric, values.clone());
            return this;
        }

        /**
         * The smallest move of a metric's median or 95th percentile that anybody cares about, in its unit, such as 50 ms of
         * latency. Below it a difference is too small to matter, however certain. Default 0 for every metric.
         *
         * @param metric one that was given a baseline
         * @param shift at least 0, in the baseline's unit
         */
        public Builder minimumShift(String metric, double shift) {
            if (!units.containsKey(requireNonNull(metric, "metric"))) {
                throw new IllegalArgumentException(
                        "metric must have a baseline first, one of " + baselines.keySet() + ", was " + metric);
            }
            if (!(shift >= 0 && shift < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "minimumShift of " + metric + " must be at least 0 and finite, was " + shift);
            }
            minimumShifts.put(metric, shift);
            return this;
        }

        /**
         * The chance of a false alarm in one check over all its metrics, in (0, 1). Default .05; take less where many checks
         * are read, such as .001 for hourly ones.
         */
        public Builder alpha(double alpha) {
            if (!(alpha > 0 && alpha < 1)) {
                throw new IllegalArgumentException("alpha must be in (0, 1), was " + alpha);
            }
            this.alpha = alpha;
            return this;
        }

        /**
         * The smallest D that counts as drift, in [0, 1]: at .1, a tenth of the calls must have moved past some point. Default
         * .1; at 0 the p-value decides alone.
         */
        public Builder minimumEffect(double minimumEffect) {
            if (!(minimumEffect >= 0 && minimumEffect <= 1)) {
                throw new IllegalArgumentException("minimumEffect must be in [0, 1], was " + minimumEffect);
            }
            this.minimumEffect = minimumEffect;
            return this;
        }

        /** How many values each side needs before a metric is judged, at least 4. Default 30. */
        public Builder minimumSampleSize(int minimumSampleSize) {
            if (minimumSampleSize < SMALLEST_MINIMUM_SAMPLE_SIZE) {
                throw new IllegalArgumentException("minimumSampleSize must be at least " + SMALLEST_MINIMUM_SAMPLE_SIZE
                        + ", was " + minimumSampleSize);
            }
            this.minimumSampleSize = minimumSampleSize;
            return this;
        }

        /**
         * Calibrates the minimum effect on the baselines themselves: each is cut into this many chunks in the order given, and
         * a metric needs a D of at least the largest one between a chunk and the rest of its baseline. For metrics that wander
         * while nothing is wrong, as latency does with load; chunks should be about as large as a window to be checked. Default
         * 0: off.
         *
         * @param referenceChunks 0, or at least 2; every chunk must hold the minimum sample size
         */
        public Builder referenceChunks(int referenceChunks) {
            if (referenceChunks < 0 || referenceChunks == 1) {
                throw new IllegalArgumentException("referenceChunks must be 0 or at least 2, was " + referenceChunks);
            }
            this.referenceChunks = referenceChunks;
            return this;
        }

        /**
         * Drift is HIGH with D above {@code highAbove}, else MEDIUM with D of at least {@code mediumFrom}, else LOW. Default .1
         * and .3, so that LOW occurs only below the default minimum effect.
         *
         * @param mediumFrom in [0, highAbove]
         * @param highAbove in [mediumFrom, 1]
         */
        public Builder severity(double mediumFrom, double highAbove) {
            this.severity = new SeverityScale(mediumFrom, highAbove);
            return this;
        }

        /** Start of the random deals that large tied samples need; verdicts repeat with it. Default 0. */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /**
         * The detector.
         *
         * @throws IllegalStateException without a baseline, or if one is too short for the reference chunks
         */
        public DriftDetector build() {
            if (baselines.isEmpty()) {
                throw new IllegalStateException(
                        "a drift detector needs at least one baseline, had none; call baseline(metric, unit, values)");
            }
            Map<String, Baseline> built = new LinkedHashMap<>();
            baselines.forEach((metric, values) -> built.put(metric, build(metric, values)));
            return new DriftDetector(built, new DriftSettings(alpha, minimumSampleSize, severity, seed));
        }

        private Baseline build(String name, double[] inOrderOfTime) {
            Sample values = Sample.named(name, inOrderOfTime);
            double gate = Math.max(minimumEffect, ownVariation(name, inOrderOfTime));
            String unit = requireNonNull(units.get(name), "unit");
            return new Baseline(
                    new Metric(name, unit, values.median(), gate, minimumShifts.getOrDefault(name, 0.0)), values);
        }

        private double ownVariation(String metric, double[] values) {
            if (referenceChunks == 0) {
                return 0;
            }
            if (values.length / referenceChunks < minimumSampleSize) {
                throw new IllegalStateException("baseline " + metric + " must hold at least " + minimumSampleSize
                        + " values in each of " + referenceChunks + " reference chunks, holds " + values.length
                        + " in all; use fewer chunks or more values");
            }
            return Baseline.ownVariation(values, referenceChunks);
        }

        private static void requireText(String text, String name) {
            if (requireNonNull(text, name).isBlank()) {
                throw new IllegalArgumentException(name + " must not be blank");
            }
        }
    }
}

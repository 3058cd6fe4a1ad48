package dev.melancia.drift;

import static java.util.Objects.requireNonNull;

/**
 * What a check says about one metric: {@link Stable}, {@link Drifted} or {@link TooFewSamples}, with the numbers that
 * justify it. Immutable.
 *
 * @since 0.1.0
 */
public sealed interface DriftVerdict {

    /** The metric's name, as given to the detector. */
    String metric();

    /** How many values the baseline holds. */
    int baselineSize();

    /** How many values were checked against it. */
    int currentSize();

    /** Whether drift is declared. False does not mean stable: see {@link #isJudged()}. */
    default boolean isDrifted() {
        return false;
    }

    /** Whether there were values enough to say anything. */
    default boolean isJudged() {
        return true;
    }

    /** One English sentence for a person, with the figures; holds no prompt, answer or user. */
    String explain();

    /**
     * No drift declared: the difference can be chance, or is too small to matter.
     *
     * @param evidence the numbers
     */
    record Stable(DriftEvidence evidence) implements DriftVerdict {

        public Stable {
            requireNonNull(evidence, "evidence");
        }

        @Override
        public String metric() {
            return evidence.metric();
        }

        @Override
        public int baselineSize() {
            return evidence.baselineSize();
        }

        @Override
        public int currentSize() {
            return evidence.currentSize();
        }

        @Override
        public String explain() {
            return Explanation.ofStable(evidence);
        }
    }

    /**
     * The values come from another distribution, and the difference is large enough to matter.
     *
     * @param evidence the numbers
     * @param severity how far
     */
    record Drifted(DriftEvidence evidence, DriftSeverity severity) implements DriftVerdict {

        public Drifted {
            requireNonNull(evidence, "evidence");
            requireNonNull(severity, "severity");
        }

        @Override
        public String metric() {
            return evidence.metric();
        }

        @Override
        public int baselineSize() {
            return evidence.baselineSize();
        }

        @Override
        public int currentSize() {
            return evidence.currentSize();
        }

        @Override
        public boolean isDrifted() {
            return true;
        }

        @Override
        public String explain() {
            return Explanation.ofDrifted(evidence, severity);
        }
    }

    /**
     * Not judged, because one side holds fewer values than the minimum; also when no value of the metric came in at all.
     *
     * @param metric the metric's name
     * @param baselineSize values in the baseline
     * @param currentSize values to check, 0 when none came in
     * @param minimumSampleSize how many are needed on each side
     */
    record TooFewSamples(String metric, int baselineSize, int currentSize, int minimumSampleSize)
            implements DriftVerdict {

        public TooFewSamples {
            requireNonNull(metric, "metric");
            if (baselineSize < 0 || currentSize < 0) {
                throw new IllegalArgumentException(
                        "sizes must be at least 0, were " + baselineSize + " and " + currentSize);
            }
        }

        @Override
        public boolean isJudged() {
            return false;
        }

        @Override
        public String explain() {
            return metric + " cannot be judged: " + currentSize + " current and " + baselineSize
                    + " baseline values, at least " + minimumSampleSize + " of each are needed";
        }
    }
}

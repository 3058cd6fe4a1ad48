package dev.melancia.analysis;

/**
 * What a comparison of two subjects on one metric comes to. Immutable.
 *
 * @since 0.1.0
 */
public enum Verdict {
    /** The first subject is better: Holm-adjusted p below .05, and 0 outside the interval. */
    FIRST_BETTER,
    /** The second is. */
    SECOND_BETTER,
    /** No difference was seen; there may be one below {@link MetricComparison#bound()}. */
    NO_DIFFERENCE_SEEN,
    /** So few questions that not even equal signs of all differences would be evidence. */
    N_TOO_SMALL,
    /** One of the two has no value, or not all of its costs are known. */
    NOT_MEASURED
}

package dev.melancia.drift;

/**
 * How far a metric drifted, mildest first; decided by D, the largest gap between the shares of values at or below any
 * point. It knows no good or bad direction: a model that became twice as fast drifted far.
 *
 * @since 0.1.0
 */
public enum DriftSeverity {
    /** Past the gates, but below the threshold of {@link #MEDIUM}. */
    LOW,
    /** By default D from .1 to .3. */
    MEDIUM,
    /** By default D above .3. */
    HIGH
}

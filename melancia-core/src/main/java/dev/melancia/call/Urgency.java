package dev.melancia.call;

/**
 * How soon somebody waits for an answer.
 *
 * @since 0.1.0
 */
public enum Urgency {
    /** Nobody waits: a batch, which may go to a slow free model. */
    LOW,
    /** A user waits; so it is unless said otherwise. */
    NORMAL,
    /** A user waits who should not. */
    HIGH
}

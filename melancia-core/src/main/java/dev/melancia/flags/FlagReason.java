package dev.melancia.flags;

/**
 * Why a flag has the value it has, in OpenFeature's terms.
 *
 * @see <a href="https://openfeature.dev/specification/types/#resolution-reason">OpenFeature, resolution reason</a>
 * @since 0.1.0
 */
public enum FlagReason {
    /** The source holds one fixed value. */
    STATIC,
    /** No source says anything, or the targeting rule chose nothing: a default. */
    DEFAULT,
    /** The targeting rule chose the value. */
    TARGETING_MATCH,
    /** A share chose the value: by the user id, or by the request's draw where the detail says so. */
    SPLIT,
    /** The flag is switched off in the file: the caller's default. */
    DISABLED,
    /** The evaluation failed: the caller's default; see the error code and the detail. */
    ERROR
}

package dev.melancia.flags;

/**
 * What went wrong in an evaluation, in OpenFeature's terms.
 *
 * @see <a href="https://openfeature.dev/specification/types/#error-code">OpenFeature, error code</a>
 * @since 0.1.0
 */
public enum FlagErrorCode {
    /** No source knows the flag. */
    FLAG_NOT_FOUND,
    /** The flag is of another type than was asked for. */
    TYPE_MISMATCH,
    /** The flag is a share, and the context has neither a user id nor a draw. */
    TARGETING_KEY_MISSING,
    /** Anything else. */
    GENERAL
}

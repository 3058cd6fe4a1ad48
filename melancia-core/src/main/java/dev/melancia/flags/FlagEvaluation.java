package dev.melancia.flags;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The value of a flag for one context, and why: what OpenFeature calls evaluation details. Immutable.
 *
 * @param <T> type of the value
 * @since 0.1.0
 */
public final class FlagEvaluation<T> {

    private final String key;
    private final T value;
    private final FlagReason reason;
    private final FlagSource source;
    private final @Nullable String variant;
    private final @Nullable FlagErrorCode errorCode;
    private final @Nullable String detail;

    private FlagEvaluation(String key, T value, Cause cause) {
        this.key = key;
        this.value = value;
        this.reason = cause.reason;
        this.source = cause.source;
        this.variant = cause.variant;
        this.errorCode = cause.errorCode;
        this.detail = cause.detail;
    }

    static <T> FlagEvaluation<T> of(String key, T value, Cause cause) {
        return new FlagEvaluation<>(key, value, cause);
    }

    static <T> FlagEvaluation<T> unknown(String key, T fallback) {
        return failed(key, fallback, FlagErrorCode.FLAG_NOT_FOUND, "no source knows flag \"" + key + "\"");
    }

    /** The caller's default, and why there is nothing better. */
    static <T> FlagEvaluation<T> failed(String key, T fallback, FlagErrorCode code, String detail) {
        return of(key, fallback, Cause.error(code, FlagSource.CALLER, detail));
    }

    /** The flag that was asked for. */
    public String key() {
        return key;
    }

    /** The value; the caller's default when the reason is {@code ERROR} or {@code DISABLED}. */
    public T value() {
        return value;
    }

    public FlagReason reason() {
        return reason;
    }

    /** Who answered. */
    public FlagSource source() {
        return source;
    }

    /** Name of the chosen variant, where the source names its variants. */
    public Optional<String> variant() {
        return Optional.ofNullable(variant);
    }

    /** Present exactly when the reason is {@code ERROR}. */
    public Optional<FlagErrorCode> errorCode() {
        return Optional.ofNullable(errorCode);
    }

    /** What the reason does not say by itself: the text of an error, or that a share was drawn for want of a user id. */
    public Optional<String> detail() {
        return Optional.ofNullable(detail);
    }

    @Override
    public String toString() {
        return key + "=" + value + " (" + reason + ", " + source + (variant == null ? "" : ", variant " + variant)
                + (errorCode == null ? "" : ", " + errorCode) + (detail == null ? "" : ": " + detail) + ")";
    }

    /** Everything about an evaluation except its value. */
    record Cause(
            FlagReason reason,
            FlagSource source,
            @Nullable String variant,
            @Nullable FlagErrorCode errorCode,
            @Nullable String detail) {

        static Cause of(FlagReason reason, FlagSource source) {
            return new Cause(reason, source, null, null, null);
        }

        static Cause error(FlagErrorCode code, FlagSource source, String detail) {
            return new Cause(FlagReason.ERROR, source, null, code, detail);
        }

        Cause because(FlagReason newReason, @Nullable String newDetail) {
            return new Cause(newReason, source, variant, errorCode, newDetail);
        }
    }
}

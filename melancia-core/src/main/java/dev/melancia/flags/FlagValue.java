package dev.melancia.flags;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** One value of a flag, boxed once in every form it can be asked for; a share carries its split. Immutable. */
final class FlagValue {

    static final String SHARE_SUFFIX = "_percentage";

    private final Object value;
    private final @Nullable Double asDouble;
    private final @Nullable Long asLong;
    private final @Nullable Split split;

    private FlagValue(Object value, @Nullable Split split) {
        this.value = value;
        this.asDouble = toDouble(value);
        this.asLong = toLong(value);
        this.split = split;
    }

    /**
     * A value of a flag.
     *
     * @param value a Boolean, a String, a Double or a Long
     * @throws FlagConfigurationException when the key is blank, the number not finite, or the flag is a share and the number is outside [0, 1], or it is no number
     */
    static FlagValue of(String key, Object value, String where) {
        if (requireNonNull(key, "key").isBlank()) {
            throw new FlagConfigurationException("flag key must not be blank (" + where + ")");
        }
        if (value instanceof Double number && !Double.isFinite(number)) {
            throw new FlagConfigurationException(
                    "flag \"" + key + "\" (" + where + ") must be a finite number, was " + number);
        }
        if (!isShare(key)) {
            return new FlagValue(value, null);
        }
        Double share = toDouble(value);
        if (share == null || !(share >= 0 && share <= 1)) {
            throw new FlagConfigurationException("flag \"" + key + "\" (" + where
                    + ") must be a share in [0, 1], because its name ends in " + SHARE_SUFFIX + ", was " + value);
        }
        return new FlagValue(value, Split.of(key, share));
    }

    static boolean isShare(String key) {
        return key.endsWith(SHARE_SUFFIX);
    }

    FlagType type() {
        return FlagType.of(value);
    }

    /** The value as the type asked for, null when it is not of that type or a number would lose something. */
    <T> @Nullable T as(Class<T> wanted) {
        if (wanted == Double.class) {
            return wanted.cast(asDouble);
        }
        if (wanted == Long.class) {
            return wanted.cast(asLong);
        }
        return wanted.isInstance(value) ? wanted.cast(value) : null;
    }

    /** The split of a share, else null. */
    @Nullable
    Split split() {
        return split;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FlagValue that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value.toString();
    }

    private static @Nullable Double toDouble(Object value) {
        if (value instanceof Long whole) {
            double converted = whole;
            return converted < 0x1p63 && (long) converted == whole ? (Double) converted : null;
        }
        return value instanceof Double number ? number : null;
    }

    private static @Nullable Long toLong(Object value) {
        if (value instanceof Double number) {
            return Math.rint(number) == number && Math.abs(number) < 0x1p63 ? (Long) number.longValue() : null;
        }
        return value instanceof Long whole ? whole : null;
    }
}

package dev.melancia.flags;

import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The three types of flags; every variant of a flag is of one of them. */
enum FlagType {
    BOOLEAN,
    STRING,
    NUMBER;

    /** Type of a value that is a Boolean, a String, a Double or a Long. */
    static FlagType of(Object value) {
        if (value instanceof Boolean) {
            return BOOLEAN;
        }
        return value instanceof String ? STRING : NUMBER;
    }

    /** Reads the text of an environment variable; null when it is not of this type. */
    @Nullable
    Object parse(String text) {
        return switch (this) {
            case STRING -> text;
            case BOOLEAN -> parseBoolean(text.strip());
            case NUMBER -> parseNumber(text.strip());
        };
    }

    private static @Nullable Boolean parseBoolean(String text) {
        if (text.equalsIgnoreCase("true")) {
            return true;
        }
        return text.equalsIgnoreCase("false") ? Boolean.FALSE : null;
    }

    private static @Nullable Object parseNumber(String text) {
        try {
            return number(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** A Long where the number is a whole one that fits, else a Double; null when it is too large for a Double. */
    static @Nullable Object number(BigDecimal decimal) {
        if (decimal.signum() == 0) {
            return 0L;
        }
        // The exponent is checked first: 1e999999999 must not be written out.
        if ((long) decimal.precision() - decimal.scale() <= 19
                && decimal.stripTrailingZeros().scale() <= 0) {
            try {
                return decimal.longValueExact();
            } catch (ArithmeticException e) {
                return decimal.doubleValue();
            }
        }
        double value = decimal.doubleValue();
        return Double.isInfinite(value) ? null : (Object) value;
    }

    /** The type as a message names it. */
    String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.melancia.flags;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The few meanings of JsonLogic that rules need, with its JavaScript coercions.
 *
 * @see <a href="https://jsonlogic.com/operations.html">JsonLogic operations</a>
 */
final class JsonLogic {

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?");

    private JsonLogic() {}

    /** False are null, false, 0, NaN, the empty text and the empty list. */
    static boolean truthy(@Nullable Object value) {
        if (value instanceof Boolean bool) {
            return bool;
        }
        if (value instanceof Double number) {
            return number != 0 && !number.isNaN();
        }
        if (value instanceof String text) {
            return !text.isEmpty();
        }
        return value instanceof List<?> list && !list.isEmpty();
    }

    /** {@code ==}: unlike types are compared as numbers; null equals only null. */
    static boolean equal(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return left == right;
        }
        if (left.getClass() == right.getClass()) {
            return left instanceof Double number ? number == (double) right : left.equals(right);
        }
        return number(left) == number(right);
    }

    /** {@code in}: a piece of a text, or a member of a list (without coercion). */
    static boolean in(@Nullable Object needle, @Nullable Object haystack) {
        if (haystack instanceof String text) {
            return needle != null && text.contains(Objects.requireNonNull(text(needle)));
        }
        return haystack instanceof List<?> list && list.contains(needle);
    }

    /** A value as JavaScript writes it; null stays null. */
    static @Nullable String text(@Nullable Object value) {
        if (value instanceof Double number && Math.rint(number) == number && Math.abs(number) < 1e15) {
            return Long.toString(number.longValue());
        }
        return value == null ? null : value.toString();
    }

    private static double number(Object value) {
        if (value instanceof Boolean bool) {
            return bool ? 1 : 0;
        }
        if (value instanceof Double number) {
            return number;
        }
        String text = value.toString().strip();
        if (text.isEmpty()) {
            return 0;
        }
        return NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
    }
}

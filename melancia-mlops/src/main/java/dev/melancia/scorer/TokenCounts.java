package dev.melancia.scorer;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of one call as the provider counted them; a side it did not report is unknown, not zero. Immutable.
 *
 * @since 0.1.0
 */
public final class TokenCounts {

    private static final TokenCounts UNKNOWN = new TokenCounts(OptionalLong.empty(), OptionalLong.empty());

    private final OptionalLong input;
    private final OptionalLong output;

    private TokenCounts(OptionalLong input, OptionalLong output) {
        this.input = input;
        this.output = output;
    }

    /** Neither side is known. */
    public static TokenCounts unknown() {
        return UNKNOWN;
    }

    /**
     * Both sides known.
     *
     * @throws IllegalArgumentException when a count is negative
     */
    public static TokenCounts of(long input, long output) {
        if (input < 0 || output < 0) {
            throw new IllegalArgumentException("token counts must be at least 0, were " + input + " and " + output);
        }
        return new TokenCounts(OptionalLong.of(input), OptionalLong.of(output));
    }

    /** The border to clients whose counts may be missing: null (or a negative number) is unknown. */
    public static TokenCounts reported(@Nullable Integer input, @Nullable Integer output) {
        return new TokenCounts(known(input), known(output));
    }

    /** Tokens of the prompt, at least 0; empty when unknown. */
    public OptionalLong input() {
        return input;
    }

    /** Tokens of the answer, at least 0; empty when unknown. */
    public OptionalLong output() {
        return output;
    }

    private static OptionalLong known(@Nullable Integer count) {
        return count == null || count < 0 ? OptionalLong.empty() : OptionalLong.of(count);
    }

    /** Such as {@code 120 in, unknown out}. */
    @Override
    public String toString() {
        return text(input) + " in, " + text(output) + " out";
    }

    private static String text(OptionalLong count) {
        return count.isPresent() ? Long.toString(count.getAsLong()) : "unknown";
    }
}

package dev.melancia.scorer;

import static java.util.Objects.requireNonNull;

import java.util.OptionalDouble;

/**
 * What a scorer said of one answer: a value, "not applicable" (the question lacks what the scorer needs), or "failed" (the
 * scorer could not do its work). Only values enter a mean; the others are counted. Immutable.
 *
 * @since 0.1.0
 */
public sealed interface Score {

    /** A finite value on the scorer's scale. */
    static Score of(double value) {
        return new Value(value);
    }

    /** The scorer has nothing to say about this question or answer. */
    static Score notApplicable(String reason) {
        return new NotApplicable(reason);
    }

    /** The scorer broke. */
    static Score failed(String reason) {
        return new Failed(reason);
    }

    /** The number; empty unless this is a value. */
    OptionalDouble value();

    /** Why there is no number; empty text for a value. */
    String reason();

    /**
     * A number.
     *
     * @param number finite
     */
    record Value(double number) implements Score {

        public Value {
            if (!Double.isFinite(number)) {
                throw new IllegalArgumentException("score must be finite, was " + number
                        + "; return Score.notApplicable(reason) when there is nothing to score");
            }
        }

        @Override
        public OptionalDouble value() {
            return OptionalDouble.of(number);
        }

        @Override
        public String reason() {
            return "";
        }
    }

    /**
     * Nothing to score.
     *
     * @param reason such as {@code the question has no answer}
     */
    record NotApplicable(String reason) implements Score {

        public NotApplicable {
            requireNonNull(reason, "reason");
        }

        @Override
        public OptionalDouble value() {
            return OptionalDouble.empty();
        }
    }

    /**
     * The scorer broke; a report counts it apart.
     *
     * @param reason what went wrong, without prompt or key
     */
    record Failed(String reason) implements Score {

        public Failed {
            requireNonNull(reason, "reason");
        }

        @Override
        public OptionalDouble value() {
            return OptionalDouble.empty();
        }
    }
}

package dev.melancia.call;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a user said of the answer to one call: stars, a thumb, words, or several of these. Not for scores that a program
 * computes. Immutable; its {@code toString()} hides the comment.
 *
 * @since 0.1.0
 */
public final class UserFeedback {

    /** The worst rating. */
    public static final int LOWEST_RATING = 1;
    /** The best rating. */
    public static final int HIGHEST_RATING = 5;
    /** The longest comment, in characters (UTF-16 units): it fits one line of a log whatever it consists of. */
    public static final int LONGEST_COMMENT = 10_000;

    private static final int NO_RATING = 0;

    private final CallId call;
    private final long epochMicros;
    private final int rating;
    private final @Nullable Boolean thumbsUp;
    private final @Nullable String comment;

    private UserFeedback(Builder builder) {
        this.call = builder.call;
        this.epochMicros = builder.epochMicros;
        this.rating = builder.rating;
        this.thumbsUp = builder.thumbsUp;
        this.comment = builder.comment;
    }

    /**
     * Starts to describe what was said of a call.
     *
     * @param call from {@link CallRecord#id()}, or {@link CallId#parse} of the text that the user's page held
     * @param time when it was said
     * @throws ArithmeticException when the time is further than 292,000 years from 1970
     */
    public static Builder builder(CallId call, Instant time) {
        return new Builder(call, time);
    }

    /** The call it is about. */
    public CallId call() {
        return call;
    }

    /** When it was said, in microseconds since 1970. */
    public long epochMicros() {
        return epochMicros;
    }

    /** Stars, from 1 (worst) to 5 (best). */
    public OptionalInt rating() {
        return rating == NO_RATING ? OptionalInt.empty() : OptionalInt.of(rating);
    }

    /** Thumb up (true) or down (false). */
    public Optional<Boolean> thumbsUp() {
        return Optional.ofNullable(thumbsUp);
    }

    /** The user's own words: personal data, as prompts are. */
    public Optional<String> comment() {
        return Optional.ofNullable(comment);
    }

    @Override
    public String toString() {
        return "UserFeedback[" + call + ", rating=" + (rating == NO_RATING ? "none" : rating) + ", thumbs="
                + (thumbsUp == null ? "none" : thumbsUp ? "up" : "down") + ", comment="
                + (comment == null ? "none" : "***") + "]";
    }

    /** Collects feedback; confined to one thread. At least one of rating, thumb and comment is needed. */
    public static final class Builder {

        private final CallId call;
        private final long epochMicros;
        private int rating = NO_RATING;
        private @Nullable Boolean thumbsUp;
        private @Nullable String comment;

        private Builder(CallId call, Instant time) {
            this.call = requireNonNull(call, "call");
            this.epochMicros = ChronoUnit.MICROS.between(Instant.EPOCH, requireNonNull(time, "time"));
        }

        /** Stars, from 1 (worst) to 5 (best). */
        public Builder rating(int stars) {
            if (stars < LOWEST_RATING || stars > HIGHEST_RATING) {
                throw new IllegalArgumentException("rating must be in [" + LOWEST_RATING + ", " + HIGHEST_RATING
                        + "], was " + stars + "; map other scales onto it");
            }
            this.rating = stars;
            return this;
        }

        /** Thumb up (true) or down (false). */
        public Builder thumbsUp(boolean up) {
            this.thumbsUp = up;
            return this;
        }

        /** The user's own words, not blank, at most {@link #LONGEST_COMMENT} characters. */
        public Builder comment(String words) {
            if (requireNonNull(words, "comment").isBlank() || words.length() > LONGEST_COMMENT) {
                throw new IllegalArgumentException("comment must not be blank and have at most " + LONGEST_COMMENT
                        + " characters, had " + words.length() + "; leave it out or cut it");
            }
            this.comment = words;
            return this;
        }

        /**
         * The feedback.
         *
         * @throws IllegalStateException when nothing was said
         */
        public UserFeedback build() {
            if (rating == NO_RATING && thumbsUp == null && comment == null) {
                throw new IllegalStateException(
                        "feedback must have at least one of rating, thumb and comment, had none; give one of them");
            }
            return new UserFeedback(this);
        }
    }
}

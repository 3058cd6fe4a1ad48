package dev.melancia.call;

import static java.util.Objects.requireNonNull;

import dev.melancia.cost.Cost;
import dev.melancia.cost.TokenCounts;
import dev.melancia.provider.ModelId;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One model tried once within a call. Unknown is absent, never zero. Immutable.
 *
 * @since 0.1.0
 */
public final class Attempt {

    private static final long UNKNOWN = -1;

    private final ModelId model;
    private final long startOffsetNanos;
    private final long durationNanos;
    private final long timeToFirstTokenNanos;
    private final Outcome outcome;
    private final TokenCounts tokens;
    private final Cost cost;
    private final boolean hedge;
    private final @Nullable String errorType;

    private Attempt(Builder builder) {
        this.model = builder.model;
        this.startOffsetNanos = builder.startOffsetNanos;
        this.durationNanos = builder.durationNanos;
        this.timeToFirstTokenNanos = builder.timeToFirstTokenNanos;
        this.outcome = builder.outcome;
        this.tokens = builder.tokens;
        this.cost = builder.cost;
        this.hedge = builder.hedge;
        this.errorType = builder.errorType;
    }

    /**
     * Starts to describe an attempt.
     *
     * @param startOffsetNanos from the start of the call, in nanoseconds, at least 0
     */
    public static Builder builder(ModelId model, Outcome outcome, long startOffsetNanos, long durationNanos) {
        return new Builder(model, outcome, startOffsetNanos, durationNanos);
    }

    public ModelId model() {
        return model;
    }

    /** When it began, in nanoseconds from the start of the call. */
    public long startOffsetNanos() {
        return startOffsetNanos;
    }

    /** How long the router waited for it, in nanoseconds. */
    public long durationNanos() {
        return durationNanos;
    }

    /** From its start to the first piece of a stream, in nanoseconds; empty where there was none. */
    public OptionalLong timeToFirstTokenNanos() {
        return timeToFirstTokenNanos == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(timeToFirstTokenNanos);
    }

    public Outcome outcome() {
        return outcome;
    }

    /** Tokens of the prompt as the provider counted them. */
    public OptionalInt inputTokens() {
        return tokens.input();
    }

    /** Tokens of the answer as the provider counted them. */
    public OptionalInt outputTokens() {
        return tokens.output();
    }

    /** Tokens as the provider counted them, cached and reasoning ones told apart where it does. */
    public TokenCounts tokens() {
        return tokens;
    }

    /** Whether it began while another attempt of the call was still under way. */
    public boolean isHedge() {
        return hedge;
    }

    /** What it cost; unknown when tokens or price are. */
    public Cost cost() {
        return cost;
    }

    /** Simple name of the error's class; its message is left out, since servers repeat prompts and keys in it. */
    public Optional<String> errorType() {
        return Optional.ofNullable(errorType);
    }

    @Override
    public String toString() {
        return model + " " + outcome + (errorType == null ? "" : " (" + errorType + ")");
    }

    /** Collects an attempt; confined to one thread. */
    public static final class Builder {

        private final ModelId model;
        private final Outcome outcome;
        private final long startOffsetNanos;
        private final long durationNanos;
        private long timeToFirstTokenNanos = UNKNOWN;
        private TokenCounts tokens = TokenCounts.unknown();
        private boolean hedge;
        private Cost cost = Cost.unknown();
        private @Nullable String errorType;

        private Builder(ModelId model, Outcome outcome, long startOffsetNanos, long durationNanos) {
            this.model = requireNonNull(model, "model");
            this.outcome = requireNonNull(outcome, "outcome");
            this.startOffsetNanos = requireNotNegative(startOffsetNanos, "startOffsetNanos");
            this.durationNanos = requireNotNegative(durationNanos, "durationNanos");
        }

        public Builder timeToFirstTokenNanos(long nanos) {
            this.timeToFirstTokenNanos = requireNotNegative(nanos, "timeToFirstTokenNanos");
            return this;
        }

        public Builder tokens(TokenCounts tokens) {
            this.tokens = requireNonNull(tokens, "tokens");
            return this;
        }

        public Builder hedge(boolean hedge) {
            this.hedge = hedge;
            return this;
        }

        public Builder cost(Cost cost) {
            this.cost = requireNonNull(cost, "cost");
            return this;
        }

        public Builder errorType(String errorType) {
            this.errorType = requireNonNull(errorType, "errorType");
            return this;
        }

        public Attempt build() {
            return new Attempt(this);
        }

        private static long requireNotNegative(long value, String name) {
            if (value < 0) {
                throw new IllegalArgumentException(name + " must be at least 0, was " + value);
            }
            return value;
        }
    }
}

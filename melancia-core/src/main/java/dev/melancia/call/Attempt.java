package dev.melancia.call;

import static java.util.Objects.requireNonNull;

import dev.melancia.cost.Cost;
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
    private final int inputTokens;
    private final int outputTokens;
    private final Cost cost;
    private final @Nullable String errorType;

    private Attempt(Builder builder) {
        this.model = builder.model;
        this.startOffsetNanos = builder.startOffsetNanos;
        this.durationNanos = builder.durationNanos;
        this.timeToFirstTokenNanos = builder.timeToFirstTokenNanos;
        this.outcome = builder.outcome;
        this.inputTokens = builder.inputTokens;
        this.outputTokens = builder.outputTokens;
        this.cost = builder.cost;
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
        return inputTokens == UNKNOWN ? OptionalInt.empty() : OptionalInt.of(inputTokens);
    }

    /** Tokens of the answer as the provider counted them. */
    public OptionalInt outputTokens() {
        return outputTokens == UNKNOWN ? OptionalInt.empty() : OptionalInt.of(outputTokens);
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
        private int inputTokens = (int) UNKNOWN;
        private int outputTokens = (int) UNKNOWN;
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

        public Builder inputTokens(int tokens) {
            this.inputTokens = (int) requireNotNegative(tokens, "inputTokens");
            return this;
        }

        public Builder outputTokens(int tokens) {
            this.outputTokens = (int) requireNotNegative(tokens, "outputTokens");
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

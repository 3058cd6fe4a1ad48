package dev.melancia.call;

import static java.util.Objects.requireNonNull;

import dev.melancia.cost.Cost;
import dev.melancia.provider.ModelId;
import dev.melancia.routing.RoutingDecision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Everything worth knowing of one finished call: decided, tried, answered, spent, timed. Holds no text of prompt or
 * answer. The model assigned by the policy and the model that answered are kept apart: compare arms of an A/B test by
 * assignment. Immutable.
 *
 * @since 0.1.0
 */
public final class CallRecord {

    private final CallId id;
    private final long startEpochMicros;
    private final long durationNanos;
    private final CallContext context;
    private final UserKeys userKeys;
    private final @Nullable RoutingDecision decision;
    private final List<Attempt> attempts;
    private final Outcome outcome;
    private final boolean streaming;
    private final @Nullable ModelId cachedFrom;
    private final Cost savedCost;

    private CallRecord(Builder builder) {
        this.id = builder.id;
        this.startEpochMicros = builder.startEpochMicros;
        this.durationNanos = builder.durationNanos;
        this.context = builder.context;
        this.userKeys = builder.userKeys;
        this.decision = builder.decision;
        this.attempts = List.copyOf(builder.attempts);
        this.outcome = builder.outcome;
        this.streaming = builder.streaming;
        this.cachedFrom = builder.cachedFrom;
        this.savedCost = builder.savedCost;
    }

    public static Builder builder(CallId id, Outcome outcome, CallContext context, UserKeys userKeys) {
        return new Builder(id, outcome, context, userKeys);
    }

    /**
     * The record of the call that a langchain4j listener of the router is told the end of, which the listeners of records were
     * told of before: it joins what the record leaves out, the texts, with all else.
     *
     * @param listenerAttributes of the context that the listener was given
     */
    public static Optional<CallRecord> from(Map<Object, Object> listenerAttributes) {
        return Optional.ofNullable((CallRecord) listenerAttributes.get(CallRecord.class));
    }

    public CallId id() {
        return id;
    }

    /** When the call began, in microseconds since 1970. */
    public long startEpochMicros() {
        return startEpochMicros;
    }

    /** From the call to its answer or error, in nanoseconds, failed attempts and waits included. */
    public long durationNanos() {
        return durationNanos;
    }

    /** What was decided; empty when the call was refused before. */
    public Optional<RoutingDecision> decision() {
        return Optional.ofNullable(decision);
    }

    /** The model that the policy meant. */
    public Optional<ModelId> assigned() {
        return decision().flatMap(RoutingDecision::assigned);
    }

    /** The model whose answer the host got, from a cache or fresh; empty when it got none. */
    public Optional<ModelId> answeredBy() {
        if (outcome.isAnswer() && cachedFrom != null) {
            return Optional.of(cachedFrom);
        }
        return answeringAttempt().map(Attempt::model);
    }

    /** The attempt whose answer the host got, hedge or not; empty when it got none, or one given before. */
    public Optional<Attempt> answeringAttempt() {
        Attempt answering = null;
        boolean heard = false; // of answers that were cut the one whose pieces the host heard, else the last
        for (Attempt attempt : attempts) {
            if (outcome.isAnswer() && attempt.outcome() == outcome && !heard) {
                answering = attempt;
                heard = attempt.timeToFirstTokenNanos().isPresent();
            }
        }
        return Optional.ofNullable(answering);
    }

    /** Whether another model than the assigned one answered. */
    public boolean fellBack() {
        return answeredBy().isPresent() && !answeredBy().equals(assigned());
    }

    /**
     * The models tried, in order; empty when none was. With a hedge the one that answered may not be the last, and
     * {@link Attempt#startOffsetNanos()} says which began first.
     */
    public List<Attempt> attempts() {
        return attempts;
    }

    /** How the call ended for the host. */
    public Outcome outcome() {
        return outcome;
    }

    /** Whether the answer came piece by piece. */
    public boolean isStreaming() {
        return streaming;
    }

    /** Whether the answer was one given before, from the router's cache or to a call with the same question. */
    public boolean isCacheHit() {
        return cachedFrom != null;
    }

    /** What the answer had cost when it was given first, on a cache hit; unknown when that is, and zero without a hit. */
    public Cost savedCost() {
        return savedCost;
    }

    /** From the start of the call to the first piece that reached the host, in nanoseconds. */
    public OptionalLong timeToFirstTokenNanos() {
        Optional<Attempt> answering = answeringAttempt();
        return (answering.isPresent() ? List.of(answering.get()) : attempts)
                .stream()
                        .filter(attempt -> attempt.timeToFirstTokenNanos().isPresent())
                        .mapToLong(attempt -> attempt.startOffsetNanos()
                                + attempt.timeToFirstTokenNanos().getAsLong())
                        .min();
    }

    /** Tokens of the prompt as the attempt that answered counted them; empty without a fresh answer. */
    public OptionalInt inputTokens() {
        return answeringAttempt().map(Attempt::inputTokens).orElse(OptionalInt.empty());
    }

    /** Tokens of the answer; empty without a fresh answer. */
    public OptionalInt outputTokens() {
        return answeringAttempt().map(Attempt::outputTokens).orElse(OptionalInt.empty());
    }

    /** What all attempts cost together, those that did not answer included; unknown when one of them is. */
    public Cost cost() {
        Cost total = Cost.zero();
        for (Attempt attempt : attempts) {
            total = total.plus(attempt.cost());
        }
        return total;
    }

    /** What the attempts of known cost add up to: all that is certain where {@link #cost()} is not known. */
    public Cost knownCost() {
        return sum(Cost.Kind.KNOWN);
    }

    /** What the attempts of estimated cost add up to; zero, and known to be, when there is none. */
    public Cost estimatedCost() {
        return sum(Cost.Kind.ESTIMATED);
    }

    private Cost sum(Cost.Kind kind) {
        Cost total = Cost.zero();
        for (Attempt attempt : attempts) {
            total = attempt.cost().kind() == kind ? total.plus(attempt.cost()) : total;
        }
        return total;
    }

    /** Keyed hash of the user id, computed when asked; see {@link UserKeys}. */
    public Optional<String> userKey() {
        return context.userId().map(userKeys::keyOf);
    }

    public Optional<String> tenant() {
        return context.tenant();
    }

    public Optional<String> userTier() {
        return context.tier();
    }

    public Optional<String> conversationId() {
        return context.conversationId();
    }

    public Optional<String> promptVersion() {
        return context.promptVersion();
    }

    /** How soon somebody waited for the answer. */
    public Urgency urgency() {
        return context.urgency();
    }

    public Map<String, String> tags() {
        return context.tags();
    }

    @Override
    public String toString() {
        return "CallRecord[" + id + ", " + outcome + ", attempts=" + attempts + "]";
    }

    /** Collects a record; confined to one thread. */
    public static final class Builder {

        private final CallId id;
        private final Outcome outcome;
        private final CallContext context;
        private final UserKeys userKeys;
        private long startEpochMicros;
        private long durationNanos;
        private @Nullable RoutingDecision decision;
        private List<Attempt> attempts = List.of();
        private boolean streaming;
        private @Nullable ModelId cachedFrom;
        private Cost savedCost = Cost.zero();

        private Builder(CallId id, Outcome outcome, CallContext context, UserKeys userKeys) {
            this.id = requireNonNull(id, "id");
            this.outcome = requireNonNull(outcome, "outcome");
            this.context = requireNonNull(context, "context");
            this.userKeys = requireNonNull(userKeys, "userKeys");
        }

        /**
         * When the call began and how long it took.
         *
         * @param startEpochMicros microseconds since 1970
         * @param durationNanos nanoseconds, at least 0
         */
        public Builder time(long startEpochMicros, long durationNanos) {
            if (durationNanos < 0) {
                throw new IllegalArgumentException("durationNanos must be at least 0, was " + durationNanos);
            }
            this.startEpochMicros = startEpochMicros;
            this.durationNanos = durationNanos;
            return this;
        }

        public Builder decision(RoutingDecision decision) {
            this.decision = requireNonNull(decision, "decision");
            return this;
        }

        /** The models tried, in order. */
        public Builder attempts(List<Attempt> attempts) {
            this.attempts = requireNonNull(attempts, "attempts");
            return this;
        }

        public Builder streaming(boolean streaming) {
            this.streaming = streaming;
            return this;
        }

        /**
         * The answer was given before.
         *
         * @param answeredBy the model that gave it
         * @param saved what it had cost
         */
        public Builder cacheHit(ModelId answeredBy, Cost saved) {
            this.cachedFrom = requireNonNull(answeredBy, "answeredBy");
            this.savedCost = requireNonNull(saved, "saved");
            return this;
        }

        public CallRecord build() {
            return new CallRecord(this);
        }
    }
}

package dev.melancia.routing;

import static java.util.Objects.requireNonNull;

import dev.melancia.cost.TokenPrice;
import dev.melancia.provider.ModelCapability;
import dev.melancia.provider.ModelId;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A model as the router is allowed to use it: its id, tier, price, abilities and limits. Immutable.
 *
 * @since 0.1.0
 */
public final class Candidate {

    /** 64 calls at a time. */
    public static final int DEFAULT_MAX_CONCURRENT_CALLS = 64;

    private static final String NO_TIER = "default";
    private static final int UNKNOWN = -1;

    private final ModelId id;
    private final String tier;
    private final @Nullable TokenPrice price;
    private final Set<ModelCapability> capabilities;
    private final int capabilityMask;
    private final int maxConcurrentCalls;
    private final int maxQueuedCalls;
    private final int contextWindow;
    private final @Nullable RateLimit rateLimit;
    private final boolean interruptSafe;
    private final @Nullable Duration attemptLimit;
    private final @Nullable Duration firstTokenLimit;
    private final @Nullable Duration idleLimit;

    private Candidate(Builder builder) {
        this.id = builder.id;
        this.tier = builder.tier;
        this.price = builder.price;
        this.capabilities = Set.copyOf(builder.capabilities);
        this.capabilityMask = Capabilities.mask(builder.capabilities);
        this.maxConcurrentCalls = builder.maxConcurrentCalls;
        this.maxQueuedCalls = builder.maxQueuedCalls;
        this.contextWindow = builder.contextWindow;
        this.rateLimit = builder.rateLimit;
        this.interruptSafe = builder.interruptSafe;
        this.attemptLimit = builder.attemptLimit;
        this.firstTokenLimit = builder.firstTokenLimit;
        this.idleLimit = builder.idleLimit;
    }

    /** A candidate with everything else at its default. */
    public static Candidate of(String id) {
        return builder(id).build();
    }

    /**
     * Starts to describe a candidate.
     *
     * @param id as {@link ModelId#of} reads it: {@code ollama/phi3:mini}
     */
    public static Builder builder(String id) {
        return new Builder(ModelId.of(id));
    }

    public static Builder builder(ModelId id) {
        return new Builder(id);
    }

    public ModelId id() {
        return id;
    }

    /** The group that targets name, such as {@code local} or {@code paid}; {@code default} unless set. */
    public String tier() {
        return tier;
    }

    /** What its tokens cost; empty makes the cost of its calls unknown. */
    public Optional<TokenPrice> price() {
        return Optional.ofNullable(price);
    }

    /** What it can do; everything unless said otherwise. */
    public Set<ModelCapability> capabilities() {
        return capabilities;
    }

    /** Calls that may run on it at a time, abandoned ones counted until they return. */
    public int maxConcurrentCalls() {
        return maxConcurrentCalls;
    }

    /**
     * Calls that may wait while all permits are taken, within the limit of their attempt; none unless said otherwise.
     * Ignored by a router whose {@code CallLimits} are {@code none()}.
     */
    public int maxQueuedCalls() {
        return maxQueuedCalls;
    }

    /** Tokens of prompt and answer together that it can hold; empty when not known. */
    public OptionalInt contextWindow() {
        return contextWindow == UNKNOWN ? OptionalInt.empty() : OptionalInt.of(contextWindow);
    }

    /** How many calls may begin on it in a time; empty when as many as come. */
    public Optional<RateLimit> rateLimit() {
        return Optional.ofNullable(rateLimit);
    }

    /** Whether its {@code chat} ends soon after its thread was interrupted, so that it may run on the caller's own. */
    public boolean isInterruptSafe() {
        return interruptSafe;
    }

    /** Limit of one attempt, where it differs from the router's. */
    public Optional<Duration> attemptLimit() {
        return Optional.ofNullable(attemptLimit);
    }

    /** Limit until a stream's first piece; where none is said, {@link #attemptLimit()}, else the router's. */
    public Optional<Duration> firstTokenLimit() {
        return Optional.ofNullable(firstTokenLimit);
    }

    /** Limit between two pieces of a stream, where it differs from the router's. */
    public Optional<Duration> idleLimit() {
        return Optional.ofNullable(idleLimit);
    }

    /** A builder that starts with everything this candidate has. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** This candidate at another price. */
    public Candidate withPrice(TokenPrice other) {
        return toBuilder().price(other).build();
    }

    /** This candidate, able to do no more than these. */
    public Candidate restrictedTo(Set<ModelCapability> others) {
        Set<ModelCapability> both =
                capabilities.stream().filter(others::contains).collect(Collectors.toUnmodifiableSet());
        return both.equals(capabilities) ? this : toBuilder().capabilities(both).build();
    }

    int missing(int neededMask) {
        return neededMask & ~capabilityMask;
    }

    @Override
    public String toString() {
        return id + " (" + tier + ")";
    }

    /** Collects a candidate; confined to one thread. */
    public static final class Builder {

        private final ModelId id;
        private String tier = NO_TIER;
        private @Nullable TokenPrice price;
        private Set<ModelCapability> capabilities = EnumSet.allOf(ModelCapability.class);
        private int maxConcurrentCalls = DEFAULT_MAX_CONCURRENT_CALLS;
        private int maxQueuedCalls;
        private int contextWindow = UNKNOWN;
        private @Nullable RateLimit rateLimit;
        private boolean interruptSafe;
        private @Nullable Duration attemptLimit;
        private @Nullable Duration firstTokenLimit;
        private @Nullable Duration idleLimit;

        private Builder(ModelId id) {
            this.id = requireNonNull(id, "id");
        }

        private Builder(Candidate candidate) {
            this.id = candidate.id;
            this.tier = candidate.tier;
            this.price = candidate.price;
            this.capabilities = candidate.capabilities;
            this.maxConcurrentCalls = candidate.maxConcurrentCalls;
            this.maxQueuedCalls = candidate.maxQueuedCalls;
            this.contextWindow = candidate.contextWindow;
            this.rateLimit = candidate.rateLimit;
            this.interruptSafe = candidate.interruptSafe;
            this.attemptLimit = candidate.attemptLimit;
            this.firstTokenLimit = candidate.firstTokenLimit;
            this.idleLimit = candidate.idleLimit;
        }

        /** The group that targets name; not blank. */
        public Builder tier(String tier) {
            if (requireNonNull(tier, "tier").isBlank()) {
                throw new IllegalArgumentException(id + ": tier must not be blank");
            }
            this.tier = tier;
            return this;
        }

        public Builder price(TokenPrice price) {
            this.price = requireNonNull(price, "price");
            return this;
        }

        public Builder capabilities(Set<ModelCapability> capabilities) {
            this.capabilities = Set.copyOf(capabilities);
            return this;
        }

        /**
         * Calls that may run at a time.
         *
         * @throws IllegalArgumentException below 1
         */
        public Builder maxConcurrentCalls(int calls) {
            this.maxConcurrentCalls = requireAtLeast(1, calls, "maxConcurrentCalls");
            return this;
        }

        /**
         * Calls that may wait for a permit, first come, first served.
         *
         * @throws IllegalArgumentException below 0
         */
        public Builder maxQueuedCalls(int calls) {
            this.maxQueuedCalls = requireAtLeast(0, calls, "maxQueuedCalls");
            return this;
        }

        /**
         * Tokens of prompt and answer together.
         *
         * @throws IllegalArgumentException below 1
         */
        public Builder contextWindow(int tokens) {
            this.contextWindow = requireAtLeast(1, tokens, "contextWindow");
            return this;
        }

        public Builder rateLimit(RateLimit limit) {
            this.rateLimit = requireNonNull(limit, "limit");
            return this;
        }

        /**
         * Declares that its {@code chat} ends soon after an interrupt, which spares two thread switches a call. A model
         * that then ignores one runs on worker threads from there on.
         */
        public Builder interruptSafe() {
            this.interruptSafe = true;
            return this;
        }

        /** Limit of one attempt; positive. */
        public Builder attemptLimit(Duration limit) {
            this.attemptLimit = requirePositive(limit, "attemptLimit");
            return this;
        }

        /** Limit until a stream's first piece; positive. */
        public Builder firstTokenLimit(Duration limit) {
            this.firstTokenLimit = requirePositive(limit, "firstTokenLimit");
            return this;
        }

        /** Limit between two pieces of a stream; positive. */
        public Builder idleLimit(Duration limit) {
            this.idleLimit = requirePositive(limit, "idleLimit");
            return this;
        }

        public Candidate build() {
            return new Candidate(this);
        }

        private int requireAtLeast(int least, int value, String name) {
            if (value < least) {
                throw new IllegalArgumentException(id + ": " + name + " must be at least " + least + ", was " + value);
            }
            return value;
        }

        private Duration requirePositive(Duration limit, String name) {
            if (requireNonNull(limit, name).isNegative() || limit.isZero()) {
                throw new IllegalArgumentException(id + ": " + name + " must be positive, was " + limit);
            }
            return limit;
        }
    }
}

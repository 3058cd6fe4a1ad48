package dev.melancia.registry;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * How long prompts of a server are kept, and how long a user's call waits for it. Immutable.
 *
 * @since 0.1.0
 */
public final class PromptCaching {

    private final Builder from;

    private PromptCaching(Builder from) {
        this.from = from;
    }

    /** Aliases for 60 s, a wait of at most 250 ms where there is an answer and of 5 s where there is none, 1000 of each. */
    public static PromptCaching usual() {
        return builder().build();
    }

    /** Collects other settings. */
    public static Builder builder() {
        return new Builder();
    }

    /** How long what an alias stands for is taken as known. */
    public Duration aliasTime() {
        return from.aliasTime;
    }

    /** How long a call waits when it asks again, before it takes the last answer. */
    public Duration patience() {
        return from.patience;
    }

    /** How long a call waits for what an alias stands for when no answer is known. */
    public Duration firstPatience() {
        return from.firstPatience;
    }

    /** How many versions, and how many aliases, are kept. */
    public int capacity() {
        return from.capacity;
    }

    InstantSource clock() {
        return from.clock;
    }

    Optional<Executor> executor() {
        return from.executor;
    }

    /**
     * Collects settings. Confined to one thread.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private Duration aliasTime = Duration.ofSeconds(60);
        private Duration patience = Duration.ofMillis(250);
        private Duration firstPatience = Duration.ofSeconds(5);
        private int capacity = 1_000;
        private InstantSource clock = InstantSource.system();
        private Optional<Executor> executor = Optional.empty();

        private Builder() {}

        private Builder(Builder other) {
            this.aliasTime = other.aliasTime;
            this.patience = other.patience;
            this.firstPatience = other.firstPatience;
            this.capacity = other.capacity;
            this.clock = other.clock;
            this.executor = other.executor;
        }

        /** How long what an alias stands for is taken as known, above 0; 60 s unless set. */
        public Builder aliasTime(Duration time) {
            if (time.isNegative() || time.isZero()) {
                throw new IllegalArgumentException("aliasTime must be above 0, was " + time);
            }
            this.aliasTime = time;
            return this;
        }

        /**
         * How long a call waits when it asks again, before it takes the last answer, at least 0; 250 ms unless set. Calls
         * that come while somebody asks do not wait at all.
         */
        public Builder patience(Duration time) {
            if (time.isNegative()) {
                throw new IllegalArgumentException("patience must be at least 0, was " + time);
            }
            this.patience = time;
            return this;
        }

        /**
         * How long a call waits for what an alias stands for when no answer is known, at least 0; 5 s unless set. Calls
         * that come meanwhile wait for the same answer.
         */
        public Builder firstPatience(Duration time) {
            if (time.isNegative()) {
                throw new IllegalArgumentException("firstPatience must be at least 0, was " + time);
            }
            this.firstPatience = time;
            return this;
        }

        /** How many versions, and how many aliases, are kept, at least 1; 1000 unless set. */
        public Builder capacity(int count) {
            if (count < 1) {
                throw new IllegalArgumentException("capacity must be at least 1, was " + count);
            }
            this.capacity = count;
            return this;
        }

        /** The clock that ages are told by. */
        public Builder clock(InstantSource clock) {
            this.clock = requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Where aliases are asked, daemon threads of our own unless set. When it refuses, the last answer serves, or the
         * call fails where there is none. Its threads must not be those that look prompts up.
         */
        public Builder executor(Executor executor) {
            this.executor = Optional.of(executor);
            return this;
        }

        /** The settings. */
        public PromptCaching build() {
            return new PromptCaching(new Builder(this));
        }
    }
}

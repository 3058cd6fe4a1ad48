package dev.melancia.scorer;

import static java.util.Objects.requireNonNull;

import dev.melancia.cost.Cost;
import dev.melancia.cost.TokenCounts;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a model, a chain or a person answered to a question. What was not reported (sources, tokens, cost) is unknown, not
 * empty or zero. Immutable.
 *
 * @since 0.1.0
 */
public final class Answer {

    /** Why the answer ended. */
    public enum Finish {
        /** The model had said what it had to say. */
        COMPLETE,
        /** A token limit ended it. */
        CUT_OFF,
        /** A content filter ended it. */
        FILTERED,
        /** Reported, and none of the others. */
        OTHER,
        /** Not reported. */
        UNKNOWN
    }

    private static final long NOT_MEASURED = -1;

    private final String text;
    private final @Nullable List<String> sources;
    private final TokenCounts tokens;
    private final Cost cost;
    private final Finish finish;
    private final @Nullable String model;
    private final @Nullable List<String> passages;
    private final long firstTokenNanos;
    private final long loadNanos;

    private Answer(Builder builder) {
        text = builder.text;
        sources = builder.sources;
        tokens = builder.tokens;
        cost = builder.cost;
        finish = builder.finish;
        model = builder.model;
        passages = builder.passages;
        firstTokenNanos = builder.firstTokenNanos;
        loadNanos = builder.loadNanos;
    }

    /** A text of which nothing else is known. */
    public static Answer of(String text) {
        return builder(text).build();
    }

    /** Starts an answer; the text may be empty. */
    public static Builder builder(String text) {
        return new Builder(text);
    }

    /** The text that a user would read. */
    public String text() {
        return text;
    }

    /** Names of the sources used, best first; absent when the subject does not report sources. */
    public Optional<List<String>> sources() {
        return Optional.ofNullable(sources);
    }

    /** Tokens of the call. */
    public TokenCounts tokens() {
        return tokens;
    }

    /** What the call cost. */
    public Cost cost() {
        return cost;
    }

    /** Why the text ended. */
    public Finish finish() {
        return finish;
    }

    /** The model that answered, in the provider's words; behind a router it differs from call to call. */
    public Optional<String> model() {
        return Optional.ofNullable(model);
    }

    /** Texts of the sources that the model was given, best first; absent when the subject does not report them. */
    public Optional<List<String>> passages() {
        return Optional.ofNullable(passages);
    }

    /**
     * Time from the call to the first piece of text, at least 0, without the loading of the model where the server reported
     * that; absent when the subject does not stream.
     */
    public OptionalLong firstTokenNanos() {
        return known(firstTokenNanos);
    }

    /** Time that the server spent loading the model for this call, at least 0; absent when it does not say. */
    public OptionalLong loadNanos() {
        return known(loadNanos);
    }

    private static OptionalLong known(long nanos) {
        return nanos == NOT_MEASURED ? OptionalLong.empty() : OptionalLong.of(nanos);
    }

    /** The length only: the text stays out of logs. */
    @Override
    public String toString() {
        return "Answer[" + text.length() + " characters, " + tokens + "]";
    }

    /** Builds an {@link Answer}. Confined to one thread. */
    public static final class Builder {

        private final String text;
        private @Nullable List<String> sources;
        private TokenCounts tokens = TokenCounts.unknown();
        private Cost cost = Cost.unknown();
        private Finish finish = Finish.UNKNOWN;
        private @Nullable String model;
        private @Nullable List<String> passages;
        private long firstTokenNanos = NOT_MEASURED;
        private long loadNanos = NOT_MEASURED;

        private Builder(String text) {
            this.text = requireNonNull(text, "text");
        }

        /** Sources used, best first; default not reported. */
        public Builder sources(List<String> sources) {
            this.sources = List.copyOf(sources);
            return this;
        }

        /** Default unknown. */
        public Builder tokens(TokenCounts tokens) {
            this.tokens = requireNonNull(tokens, "tokens");
            return this;
        }

        /** Default unknown. */
        public Builder cost(Cost cost) {
            this.cost = requireNonNull(cost, "cost");
            return this;
        }

        /** Default unknown. */
        public Builder finish(Finish finish) {
            this.finish = requireNonNull(finish, "finish");
            return this;
        }

        /** The model that answered; null when not reported, the default. */
        public Builder model(@Nullable String model) {
            this.model = model;
            return this;
        }

        /** Texts the model was given, best first; default not reported. */
        public Builder passages(List<String> passages) {
            this.passages = List.copyOf(passages);
            return this;
        }

        /** Default not measured. */
        public Builder firstTokenNanos(long nanos) {
            this.firstTokenNanos = notNegative(nanos, "firstTokenNanos");
            return this;
        }

        /** Default not reported. */
        public Builder loadNanos(long nanos) {
            this.loadNanos = notNegative(nanos, "loadNanos");
            return this;
        }

        private static long notNegative(long nanos, String name) {
            if (nanos < 0) {
                throw new IllegalArgumentException(name + " must be at least 0, was " + nanos);
            }
            return nanos;
        }

        /** The answer. */
        public Answer build() {
            return new Answer(this);
        }
    }
}

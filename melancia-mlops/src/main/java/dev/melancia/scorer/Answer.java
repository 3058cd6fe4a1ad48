package dev.melancia.scorer;

import static java.util.Objects.requireNonNull;

import dev.melancia.cost.Cost;
import java.util.List;
import java.util.Optional;
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

    private final String text;
    private final @Nullable List<String> sources;
    private final TokenCounts tokens;
    private final Cost cost;
    private final Finish finish;
    private final @Nullable String model;

    private Answer(Builder builder) {
        text = builder.text;
        sources = builder.sources;
        tokens = builder.tokens;
        cost = builder.cost;
        finish = builder.finish;
        model = builder.model;
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

        /** The answer. */
        public Answer build() {
            return new Answer(this);
        }
    }
}

package dev.melancia.routing;

import static java.util.Objects.requireNonNull;

import dev.melancia.flags.FeatureFlags;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a rule applies. Built by the factories here, combined by {@link #and}, {@link #or} and {@link #not}; its
 * {@code toString()} is the sentence that decisions quote. Immutable.
 *
 * @since 0.1.0
 */
public abstract sealed class Condition {

    private Condition() {}

    /**
     * The user's question has fewer words than this; words are what white space separates.
     *
     * @throws IllegalArgumentException when {@code limit} is below 1
     */
    public static Condition fewerWordsThan(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("fewerWordsThan must be at least 1, was " + limit);
        }
        return new FewerWords(limit);
    }

    /** The user's tier is this one. */
    public static Condition userTier(String tier) {
        return new UserTier(requireNonNull(tier, "tier"));
    }

    /** The call has this tag with this value. */
    public static Condition tag(String name, String value) {
        return new Tag(requireNonNull(name, "name"), requireNonNull(value, "value"));
    }

    /** This boolean flag is on for the user; a policy that names a flag nobody knows cannot be bound. */
    public static Condition flagOn(String flag) {
        return new FlagOn(requireNonNull(flag, "flag"));
    }

    /** Both hold; the second is not looked at when the first does not. */
    public Condition and(Condition other) {
        return new Both(this, requireNonNull(other, "other"));
    }

    /** One of them holds, or both; the second is not looked at when the first does. */
    public Condition or(Condition other) {
        return new Either(this, requireNonNull(other, "other"));
    }

    /** The opposite of a condition. */
    public static Condition not(Condition condition) {
        return new Not(requireNonNull(condition, "condition"));
    }

    abstract boolean matches(RoutingScope scope, FeatureFlags flags);

    /** The number of words that must be counted to know, 0 when words do not matter. */
    int wordLimit() {
        return 0;
    }

    /** Flags that are asked. */
    List<String> flags() {
        return List.of();
    }

    /** What a decision saw, as {@code " (was …)"}; empty where there is nothing to tell beyond the sentence. */
    String seen(RoutingDecision decision) {
        return "";
    }

    private static final class FewerWords extends Condition {
        private final int limit;

        FewerWords(int limit) {
            this.limit = limit;
        }

        @Override
        boolean matches(RoutingScope scope, FeatureFlags flags) {
            return scope.words() < limit;
        }

        @Override
        int wordLimit() {
            return limit;
        }

        @Override
        String seen(RoutingDecision decision) {
            return " (had " + decision.wordsText() + ")";
        }

        @Override
        public String toString() {
            return "fewer than " + limit + " words";
        }
    }

    private static final class UserTier extends Condition {
        private final String tier;

        UserTier(String tier) {
            this.tier = tier;
        }

        @Override
        boolean matches(RoutingScope scope, FeatureFlags flags) {
            return tier.equals(scope.tier);
        }

        @Override
        String seen(RoutingDecision decision) {
            return " (was " + Optional.ofNullable(decision.userTier()).orElse("not given") + ")";
        }

        @Override
        public String toString() {
            return "user tier is " + tier;
        }
    }

    private static final class Tag extends Condition {
        private final String name;
        private final String value;

        Tag(String name, String value) {
            this.name = name;
            this.value = value;
        }

        @Override
        boolean matches(RoutingScope scope, FeatureFlags flags) {
            return value.equals(scope.context.tags().get(name));
        }

        @Override
        public String toString() {
            return "tag " + name + " is " + value;
        }
    }

    private static final class FlagOn extends Condition {
        private final String flag;

        FlagOn(String flag) {
            this.flag = flag;
        }

        @Override
        boolean matches(RoutingScope scope, FeatureFlags flags) {
            return scope.flag(flags, flag);
        }

        @Override
        List<String> flags() {
            return List.of(flag);
        }

        @Override
        public String toString() {
            return "flag " + flag + " is on";
        }
    }

    /** What two conditions share. */
    private abstract static sealed class Pair extends Condition {
        final Condition first;
        final Condition second;

        Pair(Condition first, Condition second) {
            this.first = first;
            this.second = second;
        }

        @Override
        final int wordLimit() {
            return Math.max(first.wordLimit(), second.wordLimit());
        }

        @Override
        final List<String> flags() {
            return Stream.concat(first.flags().stream(), second.flags().stream())
                    .toList();
        }

        @Override
        final String seen(RoutingDecision decision) {
            return first.seen(decision) + second.seen(decision);
        }
    }

    private static final class Both extends Pair {
        Both(Condition first, Condition second) {
            super(first, second);
        }

        @Override
        boolean matches(RoutingScope scope, FeatureFlags flags) {
            return first.matches(scope, flags) && second.matches(scope, flags);
        }

        @Override
        public String toString() {
            return "(" + first + " and " + second + ")";
        }
    }

    private static final class Either extends Pair {
        Either(Condition first, Condition second) {
            super(first, second);
        }

        @Override
        boolean matches(RoutingScope scope, FeatureFlags flags) {
            return first.matches(scope, flags) || second.matches(scope, flags);
        }

        @Override
        public String toString() {
            return "(" + first + " or " + second + ")";
        }
    }

    private static final class Not extends Condition {
        private final Condition condition;

        Not(Condition condition) {
            this.condition = condition;
        }

        @Override
        boolean matches(RoutingScope scope, FeatureFlags flags) {
            return !condition.matches(scope, flags);
        }

        @Override
        int wordLimit() {
            return condition.wordLimit();
        }

        @Override
        List<String> flags() {
            return condition.flags();
        }

        @Override
        String seen(RoutingDecision decision) {
            return condition.seen(decision);
        }

        @Override
        public String toString() {
            return "not " + condition;
        }
    }
}

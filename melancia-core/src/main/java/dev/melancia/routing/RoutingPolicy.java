package dev.melancia.routing;

import static java.util.Objects.requireNonNull;

import dev.melancia.flags.FeatureFlags;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Ordered rules and what happens otherwise. The first rule whose condition holds decides; models of its target are tried
 * in order, then, unless {@link Builder#withoutFallback()} was said, every other candidate in declared order. A policy is
 * data: it prints itself, and a router swaps it while running. Immutable.
 *
 * @since 0.1.0
 */
public final class RoutingPolicy {

    private final String id;
    private final String version;
    private final List<Rule> rules;
    private final Target otherwise;
    private final boolean fallback;
    private final boolean refuseWhenBudgetSpent;

    private RoutingPolicy(Builder builder, Target otherwise) {
        this.id = builder.id;
        this.version = builder.version;
        this.rules = List.copyOf(builder.rules);
        this.otherwise = otherwise;
        this.fallback = builder.fallback;
        this.refuseWhenBudgetSpent = builder.refuseWhenBudgetSpent;
    }

    public static Builder builder(String id) {
        return new Builder(id);
    }

    /** Models in order, whatever the request: the first answers, the others are its fallback. */
    public static RoutingPolicy inOrder(String first, String... others) {
        return builder("in-order").otherwise(Target.models(first, others)).build();
    }

    public String id() {
        return id;
    }

    /** As the host counts versions; {@code 1} unless set. */
    public String version() {
        return version;
    }

    /** Rules in the order they are asked. */
    public List<Rule> rules() {
        return rules;
    }

    /** Where a call goes that no rule took. */
    public Target otherwise() {
        return otherwise;
    }

    /** Whether candidates that the target does not name are tried when all it names have failed. */
    public boolean fallsBack() {
        return fallback;
    }

    /** Whether a call is refused when its budget is spent, and not left to the free models among its candidates. */
    public boolean refusesWhenBudgetSpent() {
        return refuseWhenBudgetSpent;
    }

    /**
     * Resolves every name in this policy, so that a mistake shows now and not in a call.
     *
     * @param candidates in fallback order, at least one, ids distinct
     * @throws IllegalArgumentException when the policy names a model, tier or flag that is not there; the message lists
     *     those that are
     */
    public RoutingTable bind(List<Candidate> candidates, FeatureFlags flags) {
        return RoutingTable.of(this, candidates, flags);
    }

    @Override
    public String toString() {
        return "policy " + id + " version " + version + "\n"
                + rules.stream().map(rule -> "  " + rule + "\n").collect(Collectors.joining())
                + "  otherwise -> " + otherwise
                + (fallback ? "" : "\n  no fallback to other candidates")
                + (refuseWhenBudgetSpent ? "\n  refuses calls when their budget is spent" : "");
    }

    /** Collects a policy; confined to one thread. */
    public static final class Builder {

        private final String id;
        private String version = "1";
        private final List<Rule> rules = new ArrayList<>();
        private @Nullable Target otherwise;
        private boolean fallback = true;
        private boolean refuseWhenBudgetSpent;

        private Builder(String id) {
            if (requireNonNull(id, "id").isBlank()) {
                throw new IllegalArgumentException("policy id must not be blank");
            }
            this.id = id;
        }

        public Builder version(String version) {
            this.version = requireNonNull(version, "version");
            return this;
        }

        /** Adds a rule after those already there. */
        public Builder rule(String name, Condition condition, Target target) {
            rules.add(new Rule(name, condition, target));
            return this;
        }

        /** Where a call goes that no rule takes; must be said. */
        public Builder otherwise(Target target) {
            this.otherwise = requireNonNull(target, "target");
            return this;
        }

        /** Only the models a target names are tried, never the other candidates. */
        public Builder withoutFallback() {
            this.fallback = false;
            return this;
        }

        /** When the budget of a call is spent, it is refused; unless this is said, free candidates may still answer. */
        public Builder refuseWhenBudgetSpent() {
            this.refuseWhenBudgetSpent = true;
            return this;
        }

        /**
         * Builds the policy.
         *
         * @throws IllegalStateException when {@link #otherwise} was not said, or two rules have one name
         */
        public RoutingPolicy build() {
            if (otherwise == null) {
                throw new IllegalStateException(
                        "policy \"" + id + "\" must say where a call goes that no rule takes;" + " add otherwise(…)");
            }
            Set<String> names = rules.stream().map(Rule::name).collect(Collectors.toSet());
            if (names.size() < rules.size()) {
                throw new IllegalStateException("policy \"" + id + "\" must have distinct rule names, were "
                        + rules.stream().map(Rule::name).toList());
            }
            return new RoutingPolicy(this, otherwise);
        }
    }
}

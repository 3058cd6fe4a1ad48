package dev.melancia.routing;

import dev.melancia.flags.FeatureFlags;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Conditions made of others. Immutable. */
abstract sealed class CombinedCondition extends Condition {

    /** What two conditions share. */
    abstract static sealed class Pair extends CombinedCondition {
        final Condition first;
        final Condition second;

        Pair(Condition first, Condition second) {
            this.first = first;
            this.second = second;
        }

        /** What {@code a.and(b).and(c)} was built from, in that order. */
        final List<Condition> members() {
            List<Condition> members = new ArrayList<>(List.of(second));
            Condition rest = first;
            while (rest instanceof Pair pair && pair.getClass() == getClass()) {
                members.add(pair.second);
                rest = pair.first;
            }
            members.add(rest);
            Collections.reverse(members);
            return members;
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

    static final class Both extends Pair {
        Both(Condition first, Condition second) {
            super(first, second);
        }

        @Override
        boolean matches(RoutingScope scope, FeatureFlags flags) {
            return first.matches(scope, flags) && second.matches(scope, flags);
        }

        @Override
        <R> R accept(ConditionVisitor<R> visitor) {
            return visitor.all(members());
        }

        @Override
        public String toString() {
            return "(" + first + " and " + second + ")";
        }
    }

    static final class Either extends Pair {
        Either(Condition first, Condition second) {
            super(first, second);
        }

        @Override
        boolean matches(RoutingScope scope, FeatureFlags flags) {
            return first.matches(scope, flags) || second.matches(scope, flags);
        }

        @Override
        <R> R accept(ConditionVisitor<R> visitor) {
            return visitor.any(members());
        }

        @Override
        public String toString() {
            return "(" + first + " or " + second + ")";
        }
    }

    static final class Not extends CombinedCondition {
        private final Condition condition;

        Not(Condition condition) {
            this.condition = condition;
        }

        @Override
        boolean matches(RoutingScope scope, FeatureFlags flags) {
            return !condition.matches(scope, flags);
        }

        @Override
        <R> R accept(ConditionVisitor<R> visitor) {
            return visitor.not(condition);
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

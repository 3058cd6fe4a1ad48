package dev.melancia.routing;

import dev.melancia.provider.ModelId;
import java.util.List;
import java.util.stream.Collectors;

/** A target that is a list of models. Immutable. */
abstract sealed class ListedTarget extends Target {

    /** The models of the policy's candidates that this target means, in order. */
    abstract List<Candidate> resolve(List<Candidate> candidates);

    /** What puts them in another order when a call comes. */
    Strategy strategy() {
        return Strategy.PRIORITY;
    }

    static final class Models extends ListedTarget {
        final List<ModelId> ids;

        Models(List<ModelId> ids) {
            this.ids = ids;
        }

        @Override
        List<Candidate> resolve(List<Candidate> candidates) {
            return ids.stream().map(id -> find(id, candidates)).toList();
        }

        private static Candidate find(ModelId id, List<Candidate> candidates) {
            return candidates.stream()
                    .filter(candidate -> candidate.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "target names model " + id + ", which is no candidate; candidates are " + candidates));
        }

        @Override
        public String toString() {
            return ids.stream().map(ModelId::toString).collect(Collectors.joining(", "));
        }
    }

    static final class Tier extends ListedTarget {
        final String tier;

        Tier(String tier) {
            this.tier = tier;
        }

        @Override
        List<Candidate> resolve(List<Candidate> candidates) {
            List<Candidate> found = candidates.stream()
                    .filter(candidate -> candidate.tier().equals(tier))
                    .toList();
            if (found.isEmpty()) {
                throw new IllegalArgumentException(
                        "target names tier \"" + tier + "\", which no candidate has; candidates are " + candidates);
            }
            return found;
        }

        @Override
        public String toString() {
            return tier;
        }
    }

    /** Models and tiers, put in order by a strategy. */
    static final class Ranked extends ListedTarget {
        final Strategy strategy;
        final List<ListedTarget> groups;

        Ranked(Strategy strategy, List<Target> groups) {
            this.strategy = strategy;
            this.groups =
                    groups.stream().map(group -> requireGroup(strategy, group)).toList();
        }

        private static ListedTarget requireGroup(Strategy strategy, Target group) {
            if (group instanceof ListedTarget listed && !(group instanceof Ranked)) {
                return listed;
            }
            throw new IllegalArgumentException(strategy.key + " must be over models and tiers, was over " + group);
        }

        @Override
        List<Candidate> resolve(List<Candidate> candidates) {
            return groups.stream()
                    .flatMap(group -> group.resolve(candidates).stream())
                    .distinct()
                    .toList();
        }

        @Override
        Strategy strategy() {
            return strategy;
        }

        @Override
        public String toString() {
            return strategy.words + " of "
                    + groups.stream().map(Target::toString).collect(Collectors.joining(", "));
        }
    }
}

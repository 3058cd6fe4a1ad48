package dev.melancia.routing;

import static java.util.Objects.requireNonNull;

import dev.melancia.flags.Split;
import dev.melancia.provider.ModelId;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a rule sends a call: models in order, every candidate of a tier, or a split over such. Its {@code toString()} is
 * the label that decisions quote. Immutable.
 *
 * @since 0.1.0
 */
public abstract sealed class Target {

    private Target() {}

    /** These models, in this order; ids as {@link ModelId#of} reads them. */
    public static Target models(String first, String... others) {
        return models(Stream.concat(Stream.of(first), Stream.of(others))
                .map(ModelId::of)
                .toList());
    }

    static Target models(List<ModelId> ids) {
        return new Models(ids);
    }

    /** Every candidate of this tier, in the order the candidates were declared. */
    public static Target tier(String tier) {
        return new Tier(requireNonNull(tier, "tier"));
    }

    /**
     * The first target for a share of the users, the second for the rest; a user stays on one side. Without a user id
     * every request is drawn anew, and the decision says so.
     *
     * @param splitId names the split, outlives versions of the policy: a new id deals all users anew
     * @param share of the users, in [0, 1]
     * @throws IllegalArgumentException when {@code share} is outside [0, 1], or a target is itself a split
     */
    public static Target split(String splitId, double share, Target first, Target second) {
        return split(Split.of(splitId, share), first, second);
    }

    /**
     * As many targets as the split has arms.
     *
     * @throws IllegalArgumentException when the numbers differ, or a target is itself a split
     */
    public static Target split(Split split, Target... arms) {
        requireArms(split, arms.length);
        return new Forked(split, null, List.of(arms));
    }

    private static void requireArms(Split split, int arms) {
        if (split.arms() != arms) {
            throw new IllegalArgumentException("split \"" + split.id() + "\" must have one target for each of its "
                    + split.arms() + " arms, had " + arms);
        }
    }

    /**
     * As {@link #split(String, double, Target, Target)}, with the share read from a number flag at each decision, so that
     * it changes without a deploy. A policy that names a flag nobody knows cannot be bound.
     */
    public static Target splitByFlag(String splitId, String flag, Target first, Target second) {
        return splitByFlag(splitId, flag, List.of(first, second));
    }

    static Target splitByFlag(String splitId, String flag, List<Target> arms) {
        Split split = Split.of(splitId, 0);
        requireArms(split, arms.size());
        return new Forked(split, requireNonNull(flag, "flag"), arms);
    }

    /** The models of the policy's candidates that this target means, in order. */
    abstract List<Candidate> resolve(List<Candidate> candidates);

    static final class Models extends Target {
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

    static final class Tier extends Target {
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

    static final class Forked extends Target {
        final Split split;
        final @Nullable String flag;
        final List<Target> arms;

        Forked(Split split, @Nullable String flag, List<Target> arms) {
            for (Target arm : arms) {
                if (arm instanceof Forked) {
                    throw new IllegalArgumentException("split \"" + split.id() + "\" must not have a split as an arm;"
                            + " use one split with more arms");
                }
            }
            this.split = split;
            this.flag = flag;
            this.arms = List.copyOf(arms);
        }

        @Override
        List<Candidate> resolve(List<Candidate> candidates) {
            throw new AssertionError("a split is resolved arm by arm");
        }

        @Override
        public String toString() {
            String share = flag == null ? split.toString() : split.id() + "[share = flag " + flag + "]";
            return String.format(Locale.ROOT, "split %s over %s", share, arms);
        }
    }
}

package dev.melancia.routing;

import static java.util.Objects.requireNonNull;

import dev.melancia.flags.Split;
import dev.melancia.provider.ModelId;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a rule sends a call: models in order, every candidate of a tier, the best of such by price, speed or load, or a
 * split over any of these. Its {@code toString()} is the label that decisions quote. Immutable.
 *
 * @since 0.1.0
 */
public abstract sealed class Target permits ListedTarget, SplitTarget {

    Target() {}

    /** These models, in this order; ids as {@link ModelId#of} reads them. */
    public static Target models(String first, String... others) {
        return models(Stream.concat(Stream.of(first), Stream.of(others))
                .map(ModelId::of)
                .toList());
    }

    static Target models(List<ModelId> ids) {
        return new ListedTarget.Models(ids);
    }

    /** Every candidate of this tier, in the order the candidates were declared. */
    public static Target tier(String tier) {
        return new ListedTarget.Tier(requireNonNull(tier, "tier"));
    }

    /**
     * All models of these targets in the order they stand here, as {@link #models} has it: the first answers.
     *
     * @throws IllegalArgumentException when a target is neither models nor a tier
     */
    public static Target priority(Target first, Target... others) {
        return ranked(Strategy.PRIORITY, first, others);
    }

    /**
     * All models of these targets, the cheapest for this request first: the price of its {@link TokenEstimate estimated}
     * tokens. A model of unknown price comes last; those of one price keep their order.
     *
     * @throws IllegalArgumentException when a target is neither models nor a tier
     */
    public static Target cheapest(Target first, Target... others) {
        return ranked(Strategy.CHEAPEST, first, others);
    }

    /**
     * All models of these targets, the fastest first: what an answer takes lately, times the calls running there and this
     * one. A model never measured comes first, so that it gets measured; those alike keep their order.
     *
     * @throws IllegalArgumentException when a target is neither models nor a tier
     */
    public static Target fastest(Target first, Target... others) {
        return ranked(Strategy.FASTEST, first, others);
    }

    /**
     * All models of these targets, first the one with the smallest part of its permits taken; those alike keep their
     * order.
     *
     * @throws IllegalArgumentException when a target is neither models nor a tier
     */
    public static Target leastBusy(Target first, Target... others) {
        return ranked(Strategy.LEAST_BUSY, first, others);
    }

    private static Target ranked(Strategy strategy, Target first, Target... others) {
        return ranked(
                strategy, Stream.concat(Stream.of(first), Stream.of(others)).toList());
    }

    static Target ranked(Strategy strategy, List<Target> groups) {
        return new ListedTarget.Ranked(strategy, groups);
    }

    /**
     * The first target for a share of the users, the second for the rest; a user stays on one side. Without a user id
     * every request is drawn anew, and the decision says so. Sticky on something else: {@link SplitTarget#stickyOn}.
     *
     * @param splitId names the split, outlives versions of the policy: a new id deals all users anew
     * @param share of the users, in [0, 1]
     * @throws IllegalArgumentException when {@code share} is outside [0, 1], or a target is itself a split
     */
    public static SplitTarget split(String splitId, double share, Target first, Target second) {
        return split(Split.of(splitId, share), first, second);
    }

    /**
     * As many targets as the split has arms.
     *
     * @throws IllegalArgumentException when the numbers differ, or a target is itself a split
     */
    public static SplitTarget split(Split split, Target... arms) {
        return new SplitTarget(split, null, StickyOn.USER, List.of(arms));
    }

    /**
     * As {@link #split(String, double, Target, Target)}, with the share read from a number flag at each decision, so that
     * it changes without a deploy. A policy that names a flag nobody knows cannot be bound.
     */
    public static SplitTarget splitByFlag(String splitId, String flag, Target first, Target second) {
        return splitByFlag(splitId, flag, List.of(first, second));
    }

    static SplitTarget splitByFlag(String splitId, String flag, List<Target> arms) {
        return new SplitTarget(Split.of(splitId, 0), requireNonNull(flag, "flag"), StickyOn.USER, arms);
    }
}

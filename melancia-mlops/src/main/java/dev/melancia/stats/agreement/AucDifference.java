package dev.melancia.stats.agreement;

import dev.melancia.stats.Bootstrap;
import dev.melancia.stats.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How much better one score tells right from wrong than another does, on the same answers. Immutable.
 *
 * <p>{@link #interval} and {@link #pValue} are DeLong's (1988, <a href="https://doi.org/10.2307/2531595">doi</a>): {@code d ± z sqrt(v1 +
 * v2 - 2 cov)}; they assume independent answers. Several answers to one question are not: {@link #bootstrapInterval} draws
 * whole groups.
 *
 * @since 0.1.0
 */
public final class AucDifference {

    private final Auc first;
    private final Auc second;

    private AucDifference(Auc first, Auc second) {
        this.first = first;
        this.second = second;
    }

    /**
     * First area minus second area.
     *
     * @throws IllegalArgumentException if the two do not have the same labels in the same order
     */
    public static AucDifference of(Auc first, Auc second) {
        if (!Arrays.equals(first.right(), second.right())) {
            throw new IllegalArgumentException("both areas must be of the same answers: the labels differ");
        }
        return new AucDifference(first, second);
    }

    /** In [-1, 1]; empty without right or without wrong answers. */
    public OptionalDouble estimate() {
        return first.estimate().isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        first.estimate().getAsDouble() - second.estimate().orElseThrow());
    }

    /** DeLong's standard error; empty below two right or two wrong answers. */
    public OptionalDouble standardError() {
        if (Math.min(first.positives(), first.negatives()) < 2) {
            return OptionalDouble.empty();
        }
        double variance = first.covariance(first) + second.covariance(second) - 2 * first.covariance(second);
        return OptionalDouble.of(Math.sqrt(Math.max(0, variance)));
    }

    /**
     * DeLong's interval for independent answers; empty below two right or two wrong answers and when no variance is left.
     *
     * @param level confidence level in (0, 1)
     */
    public Optional<Interval> interval(double level) {
        Checks.level(level);
        double error = standardError().orElse(0);
        if (error == 0) {
            return Optional.empty();
        }
        double half = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - level) / 2) * error;
        double difference = estimate().orElseThrow();
        return Optional.of(new Interval(Math.max(-1, difference - half), Math.min(1, difference + half), level));
    }

    /** DeLong's two-sided p-value of "no difference", for independent answers; empty where {@link #interval} is. */
    public OptionalDouble pValue() {
        double error = standardError().orElse(0);
        if (error == 0) {
            return OptionalDouble.empty();
        }
        double z = Math.abs(estimate().orElseThrow()) / error;
        return OptionalDouble.of(2 * NormalDistribution.of(0, 1).survivalProbability(z));
    }

    /**
     * BCa bootstrap interval ({@link Bootstrap#bca}) with whole groups drawn; empty below 8 groups and when more than one
     * resample in a hundred lacks right or wrong answers.
     *
     * @param groups one label for each answer, such as its question; equal labels stay together
     * @param level confidence level in (0, 1)
     * @param seed the same seed gives the same interval
     */
    public Optional<Interval> bootstrapInterval(List<?> groups, double level, long seed) {
        Checks.sameLength(groups.size(), first.right().length);
        Map<Object, List<Integer>> members = new LinkedHashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            members.computeIfAbsent(groups.get(i), label -> new ArrayList<>()).add(i);
        }
        int[][] byGroup = members.values().stream()
                .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
        WeightedAuc one = new WeightedAuc(first);
        WeightedAuc two = new WeightedAuc(second);
        return Bootstrap.bca(
                byGroup.length,
                chosen -> {
                    int[] weights = new int[groups.size()];
                    for (int group : chosen) {
                        for (int member : byGroup[group]) {
                            weights[member]++;
                        }
                    }
                    return one.estimate(weights) - two.estimate(weights);
                },
                level,
                seed);
    }
}

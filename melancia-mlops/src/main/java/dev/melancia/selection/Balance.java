package dev.melancia.selection;

import dev.melancia.scorer.Question;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** How full each fold is, in questions and in questions of each tag. Confined to one thread. */
final class Balance {

    /** Stands for every question, beside the tags; no tag is empty. */
    private static final String ALL = "";

    private final int[] order;
    private final Map<String, double[]> counts = new HashMap<>();
    private final Map<String, Double> shares = new HashMap<>();

    /** The order decides between folds that are as good. */
    Balance(List<List<Question>> groups, int[] order) {
        this.order = order;
        groups.forEach(group -> strata(group).forEach((stratum, count) -> {
            counts.computeIfAbsent(stratum, any -> new double[order.length]);
            shares.merge(stratum, count / order.length, Double::sum);
        }));
    }

    /** The fold that the group goes to. */
    int place(List<Question> group) {
        Map<String, Double> strata = strata(group);
        int best = order[0];
        double least = Double.POSITIVE_INFINITY;
        for (int fold : order) {
            double cost = cost(strata, fold);
            if (cost < least) {
                least = cost;
                best = fold;
            }
        }
        int chosen = best;
        strata.forEach((stratum, count) -> countsOf(stratum)[chosen] += count);
        return chosen;
    }

    /** How much the squared distance from even shares grows, each stratum in units of its share. */
    private double cost(Map<String, Double> strata, int fold) {
        double cost = 0;
        for (Map.Entry<String, Double> stratum : strata.entrySet()) {
            double share = shares.getOrDefault(stratum.getKey(), 1.);
            double before = countsOf(stratum.getKey())[fold] - share;
            double after = before + stratum.getValue();
            cost += (after * after - before * before) / (share * share);
        }
        return cost;
    }

    private double[] countsOf(String stratum) {
        return counts.computeIfAbsent(stratum, any -> new double[order.length]);
    }

    private static Map<String, Double> strata(List<Question> group) {
        Map<String, Double> strata = new HashMap<>();
        for (Question question : group) {
            strata.merge(ALL, 1., Double::sum);
            new HashSet<>(question.tags()).forEach(tag -> strata.merge(tag, 1., Double::sum));
        }
        return strata;
    }
}

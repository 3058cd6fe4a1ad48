package dev.melancia.scorer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * How surely a scorer puts a good answer above a bad one: the area under the ROC curve, which is the share of pairs in the
 * right order, ties one half. Its interval is the percentile bootstrap over questions (2,000 resamples, seeded).
 */
final class Auc {

    private static final int RESAMPLES = 2_000;
    private static final long SEED = 7;

    private Auc() {}

    /**
     * A value of a good or a bad answer.
     *
     * @param question what is resampled
     */
    record Item(String question, boolean good, double value) {}

    static double of(List<Item> items) {
        double[] bad = items.stream()
                .filter(item -> !item.good())
                .mapToDouble(Item::value)
                .sorted()
                .toArray();
        ToDoubleFunction<Item> below = item -> (rank(bad, item.value(), false) + rank(bad, item.value(), true)) / 2.0;
        return items.stream()
                .filter(Item::good)
                .mapToDouble(item -> below.applyAsDouble(item) / bad.length)
                .average()
                .orElseThrow();
    }

    /** How many are below the value, or not above it. */
    private static int rank(double[] sorted, double value, boolean orEqual) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value || (orEqual && sorted[middle] == value)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Lower and upper end of the 95 % interval of the AUC. */
    static double[] interval(List<Item> items) {
        return quantiles(resamples(items));
    }

    /** Lower and upper end of the 95 % interval of the first AUC minus the second's, over the same questions. */
    static double[] differenceInterval(List<Item> first, List<Item> second) {
        double[] one = resamples(first);
        double[] other = resamples(second);
        Arrays.setAll(one, i -> one[i] - other[i]);
        return quantiles(one);
    }

    private static double[] quantiles(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new double[] {sorted[(int) (.025 * RESAMPLES)], sorted[(int) (.975 * RESAMPLES) - 1]};
    }

    private static double[] resamples(List<Item> items) {
        Map<String, List<Item>> byQuestion = items.stream().collect(Collectors.groupingBy(Item::question));
        List<String> questions = byQuestion.keySet().stream().sorted().toList();
        Random random = new Random(SEED);
        double[] values = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            List<Item> drawn = new ArrayList<>();
            for (int q = 0; q < questions.size(); q++) {
                drawn.addAll(byQuestion.get(questions.get(random.nextInt(questions.size()))));
            }
            values[i] = of(drawn);
        }
        return values;
    }
}

package dev.melancia.comparison;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Whether more of a metric is better or less. Known for usual names by their words ({@code answer_accuracy},
 * {@code latency_s/mean}), else to be told; a name that says both or nothing has no direction. Immutable.
 *
 * @since 0.1.0
 */
public final class MetricDirections {

    /**
     * What is better.
     *
     * @since 0.1.0
     */
    public enum Better {
        /** More. */
        HIGHER,
        /** Less. */
        LOWER,
        /** Nobody said, so that no run can be called the best. */
        UNKNOWN
    }

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

    private static final Set<String> HIGHER = Set.of(
            ("accuracy acc f1 precision recall auc auroc r2 bleu rouge rouge1 rouge2 rougel meteor quality correctness"
                            + " groundedness faithfulness relevance relevancy similarity ndcg mrr success"
                            + " throughput reward win wins helpfulness")
                    .split(" "));
    private static final Set<String> LOWER = Set.of(
            ("loss error errors latency duration cost costs usd mae mse rmse mape perplexity wer cer failure failures ttft"
                            + " toxicity hallucination hallucinations brier ece regret timeout timeouts")
                    .split(" "));

    /** Words that mean this only together: of a match or a hit alone, as in a cache, nobody knows. */
    private static final List<String> SCORES = List.of(" exact match ", " source hit ", " language match ");

    /** They turn the other words of a name round, or say nothing by themselves: saved cost, error reduction, quality drift. */
    private static final Set<String> TURNING =
            Set.of("saved savings reduction improvement risk drift anomaly".split(" "));

    private static final MetricDirections STANDARD = new MetricDirections(Map.of());

    private final Map<String, Better> told;

    private MetricDirections(Map<String, Better> told) {
        this.told = told;
    }

    /** What usual names say. */
    public static MetricDirections standard() {
        return STANDARD;
    }

    /** The same, with more of these metrics being better. */
    public MetricDirections higher(String... keys) {
        return with(Better.HIGHER, keys);
    }

    /** The same, with less of these metrics being better. */
    public MetricDirections lower(String... keys) {
        return with(Better.LOWER, keys);
    }

    private MetricDirections with(Better better, String... keys) {
        Map<String, Better> more = new TreeMap<>(told);
        for (String key : keys) {
            more.put(requireNonNull(key, "key"), better);
        }
        return new MetricDirections(more);
    }

    /** Whether more or less of this metric is better. */
    public Better better(String key) {
        Better known = told.get(key);
        if (known != null) {
            return known;
        }
        List<String> words = List.of(BETWEEN_WORDS.split(key.toLowerCase(Locale.ROOT)));
        String text = ' ' + String.join(" ", words) + ' ';
        boolean higher =
                words.stream().anyMatch(HIGHER::contains) || SCORES.stream().anyMatch(text::contains);
        boolean lower = words.stream().anyMatch(LOWER::contains);
        if (higher == lower || words.stream().anyMatch(TURNING::contains)) {
            return Better.UNKNOWN;
        }
        return higher ? Better.HIGHER : Better.LOWER;
    }

    @Override
    public String toString() {
        return "MetricDirections" + told;
    }
}

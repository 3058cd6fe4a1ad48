package dev.melancia.comparison;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

    private static final Set<String> HIGHER = Set.of(
            ("accuracy acc f1 precision recall auc auroc r2 bleu rouge rouge1 rouge2 rougel meteor quality correctness"
                            + " groundedness faithfulness relevance relevancy similarity score ndcg mrr hit hits success match"
                            + " throughput reward win wins helpfulness")
                    .split(" "));
    private static final Set<String> LOWER = Set.of(
            ("loss error errors latency duration cost costs usd mae mse rmse mape perplexity wer cer failure failures ttft"
                            + " toxicity hallucination hallucinations brier ece regret timeout timeouts")
                    .split(" "));

    private static final MetricDirections STANDARD = new MetricDirections(Map.of());

    private final Map<String, Boolean> told;

    private MetricDirections(Map<String, Boolean> told) {
        this.told = told;
    }

    /** What usual names say. */
    public static MetricDirections standard() {
        return STANDARD;
    }

    /** The same, with more of these metrics being better. */
    public MetricDirections higher(String... keys) {
        return with(true, keys);
    }

    /** The same, with less of these metrics being better. */
    public MetricDirections lower(String... keys) {
        return with(false, keys);
    }

    private MetricDirections with(boolean higher, String... keys) {
        Map<String, Boolean> more = new TreeMap<>(told);
        for (String key : keys) {
            more.put(requireNonNull(key, "key"), higher);
        }
        return new MetricDirections(more);
    }

    /** Whether more of this metric is better; empty when that is unknown. */
    public Optional<Boolean> higherIsBetter(String key) {
        Boolean known = told.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        Set<String> words = new HashSet<>(Arrays.asList(BETWEEN_WORDS.split(key.toLowerCase(Locale.ROOT))));
        boolean higher = words.stream().anyMatch(HIGHER::contains);
        boolean lower = words.stream().anyMatch(LOWER::contains);
        return higher == lower ? Optional.empty() : Optional.of(higher);
    }

    @Override
    public String toString() {
        return "MetricDirections" + told;
    }
}

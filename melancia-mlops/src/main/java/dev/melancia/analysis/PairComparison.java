package dev.melancia.analysis;

import java.util.List;

/**
 * Two subjects compared on every metric that has a better end, question by question. Immutable.
 *
 * @since 0.1.0
 */
public final class PairComparison {

    private final String first;
    private final String second;
    private final List<MetricComparison> metrics;

    PairComparison(String first, String second, List<MetricComparison> metrics) {
        this.first = first;
        this.second = second;
        this.metrics = List.copyOf(metrics);
    }

    /**
     * Pairs from different reports, such as of two runs: each first subject with the second one at its place, on the
     * metrics that both have, over the questions whose ids both have. One Holm correction over all of them.
     *
     * @throws IllegalArgumentException when there are not as many of both
     */
    public static List<PairComparison> between(List<SubjectReport> firsts, List<SubjectReport> seconds) {
        return PairComparisons.between(firsts, seconds);
    }

    /** Name of the first subject. */
    public String first() {
        return first;
    }

    /** Name of the second subject. */
    public String second() {
        return second;
    }

    /** Scorers first, then operation, in the report's order. */
    public List<MetricComparison> metrics() {
        return metrics;
    }

    /**
     * The comparison on one metric.
     *
     * @throws IllegalArgumentException when no compared metric has the name
     */
    public MetricComparison metric(String name) {
        return metrics.stream()
                .filter(metric -> metric.metric().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no compared metric \"" + name + "\"; there are "
                        + metrics.stream().map(metric -> metric.metric().name()).toList()));
    }

    /** All verdicts in one sentence that needs no statistics to be read. */
    public String sentence(ReportLanguage language) {
        return new PairSentence(this, language).text();
    }

    /** Both names. */
    @Override
    public String toString() {
        return "PairComparison[" + first + ", " + second + "]";
    }
}

package dev.melancia.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one fork, or the median of several, gave for a row; NaN is what was not measured.
 *
 * @param median ns, sampled
 * @param p99 ns, sampled
 * @param mean ns; ms for what is measured in single shots
 * @param callsPerMicro of all threads together
 * @param callerCpu ns of the calling threads an operation
 * @param processCpu ns of the whole process an operation
 * @param bytes allocated an operation
 */
record Figures(
        double median,
        double p99,
        double mean,
        double callsPerMicro,
        double callerCpu,
        double processCpu,
        double bytes) {

    static final Figures NONE =
            new Figures(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /** Reads one entry of JMH's JSON. */
    static Figures of(JsonNode entry) {
        JsonNode primary = entry.path("primaryMetric");
        String mode = entry.path("mode").asText();
        double score = primary.path("score").asDouble(Double.NaN);
        JsonNode percentiles = primary.path("scorePercentiles");
        boolean sampled = mode.equals("sample");
        return new Figures(
                sampled ? percentiles.path("50.0").asDouble(Double.NaN) : Double.NaN,
                sampled ? percentiles.path("99.0").asDouble(Double.NaN) : Double.NaN,
                mode.equals("thrpt") ? Double.NaN : score,
                mode.equals("thrpt") ? score : Double.NaN,
                secondary(entry, CallerCpu.CALLER),
                secondary(entry, CallerCpu.PROCESS),
                secondary(entry, "gc.alloc.rate.norm"));
    }

    private static double secondary(JsonNode entry, String name) {
        return entry.path("secondaryMetrics").path(name).path("score").asDouble(Double.NaN);
    }

    /** The median of every figure by itself. */
    static Figures median(List<Figures> forks) {
        return new Figures(
                middle(forks, Figures::median),
                middle(forks, Figures::p99),
                middle(forks, Figures::mean),
                middle(forks, Figures::callsPerMicro),
                middle(forks, Figures::callerCpu),
                middle(forks, Figures::processCpu),
                middle(forks, Figures::bytes));
    }

    private static double middle(List<Figures> forks, ToDoubleFunction<Figures> figure) {
        double[] sorted = forks.stream()
                .mapToDouble(figure)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        return sorted.length == 0
                ? Double.NaN
                : Arrays.stream(sorted, (sorted.length - 1) / 2, sorted.length / 2 + 1)
                        .average()
                        .orElse(Double.NaN);
    }
}

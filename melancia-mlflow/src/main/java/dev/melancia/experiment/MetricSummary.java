package dev.melancia.experiment;

/**
 * All values of one metric of one run in a few numbers. Immutable.
 *
 * @param count values that are not NaN, at least 0
 * @param nanCount values that are NaN, at least 0; they take no part in the numbers below except {@code last}
 * @param last value with the greatest step (then the latest, then the last written); may be NaN
 * @param min least value; NaN when {@code count} is 0
 * @param max greatest value; NaN when {@code count} is 0
 * @param mean arithmetic mean; NaN when {@code count} is 0
 * @since 0.1.0
 */
public record MetricSummary(long count, long nanCount, double last, double min, double max, double mean) {}

package dev.melancia.drift;

/**
 * What is said about a metric beside its values.
 *
 * @param unit of its values
 * @param baselineMedian in that unit
 * @param minimumEffect the smallest D that counts as drift, in [0, 1]
 * @param minimumShift the smallest move of the median or the 95th percentile that counts, in its unit
 */
record Metric(String name, String unit, double baselineMedian, double minimumEffect, double minimumShift) {}

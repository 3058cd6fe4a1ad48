package dev.melancia.benchmark;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What may differ from one process of a run to the next. Immutable.
 *
 * @param capPicoUsd the most to spend, in 10<sup>-12</sup> USD
 * @param folder where the run is kept; null when it is not
 * @param retryFailures whether questions that failed in an earlier process are asked again
 */
record RunLimits(long capPicoUsd, @Nullable Path folder, boolean retryFailures) {}

/**
 * Drift: does production still behave as it did when its baseline was taken?
 *
 * <pre>{@code
 * DriftDetector detector = DriftDetector.builder()
 *         .baseline("latency", "s", baselineSeconds)
 *         .baseline("quality", "points", baselineScores)
 *         .alpha(0.01)                                   // read hourly, so stricter than the default of .05
 *         .build();
 *
 * DriftReport report = detector.check(Map.of("latency", lastHourSeconds, "quality", lastHourScores));
 * report.drifted().forEach(drift -> alert(drift.severity(), drift.explain()));
 * }</pre>
 *
 * <p>A value that was not measured is left out of the array: unknown is not zero. A call that timed out took at least its
 * limit; enter the limit rather than leave the slowest calls out.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.drift;

import org.jspecify.annotations.NullMarked;

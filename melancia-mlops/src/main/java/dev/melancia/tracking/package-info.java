/**
 * Brings what a benchmark found into an experiment tracker, and so to MLflow.
 *
 * <pre>{@code
 * try (ExperimentTracker tracker = ExperimentTracker.fromEnvironment()) {   // MLFLOW_TRACKING_URI, if set
 *     BenchmarkTracking.to(tracker).log(report);                            // one run for each subject
 * }
 *
 * // MLflow's evaluation: a run for each subject, with every answer, its scores and what was expected:
 * BenchmarkTracking.to(tracker).withTraces(TraceContent.TEXTS).log(report);
 *
 * // figures only, where questions and answers must not leave the machine:
 * BenchmarkTracking.to(tracker).withArtifacts(Set.of()).withTraces(TraceContent.FIGURES).log(report);
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.tracking;

import org.jspecify.annotations.NullMarked;

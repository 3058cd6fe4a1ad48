package dev.melancia.mlflow.event;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Which trace of which experiment is meant. Immutable.
 *
 * @param traceId 32 lower-case hexadecimal digits; MLflow shows it as {@code tr-<id>}
 * @param experiment name of the experiment, 1 to 256 characters
 * @param runId run the trace belongs to, as in {@link RunEvent#runId()}; empty for traces of production
 * @since 0.1.0
 */
public record TraceTarget(String traceId, String experiment, Optional<String> runId) {

    public TraceTarget {
        RunEventRules.id("trace id", traceId);
        RunEventRules.experiment(experiment);
        requireNonNull(runId, "runId").ifPresent(RunEventRules::runId);
    }
}

package dev.melancia.experiment;

import dev.melancia.mlflow.event.RunOutcome;

/**
 * Where a run stands.
 *
 * @since 0.1.0
 */
public enum RunStatus {
    /** It has not ended, and its process is there. */
    RUNNING,
    /** It did what it was meant to do. */
    FINISHED,
    /** It stopped at an error. */
    FAILED,
    /** Somebody stopped it. */
    KILLED,
    /** It has not ended, and its process is gone. MLflow goes on showing it as running. */
    INTERRUPTED;

    static RunStatus of(RunOutcome outcome) {
        return switch (outcome) {
            case FINISHED -> FINISHED;
            case FAILED -> FAILED;
            case KILLED -> KILLED;
        };
    }
}

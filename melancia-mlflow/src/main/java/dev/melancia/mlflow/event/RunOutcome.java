package dev.melancia.mlflow.event;

/**
 * How a run ended, in MLflow's terms.
 *
 * @since 0.1.0
 */
public enum RunOutcome {
    /** It did what it was meant to do. */
    FINISHED,
    /** It stopped at an error. */
    FAILED,
    /** Somebody stopped it. */
    KILLED
}

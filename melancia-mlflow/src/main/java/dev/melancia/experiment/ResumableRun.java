package dev.melancia.experiment;

import dev.melancia.mlflow.event.RunEvent;
import java.util.Map;

/**
 * What is needed to go on with a run.
 *
 * @param nextSteps by metric, one more than its greatest step
 * @param tables value of the tag that lists its tables; empty when it has none
 */
record ResumableRun(RunEvent.Started started, Map<String, String> params, Map<String, Long> nextSteps, String tables) {

    ResumableRun {
        params = Map.copyOf(params);
        nextSteps = Map.copyOf(nextSteps);
    }
}

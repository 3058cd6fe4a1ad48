package dev.melancia.mlflow.upload;

import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.event.TrackingEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One request to make. */
sealed interface Delivery {

    record CreateRun(RunEvent.Started started) implements Delivery {}

    record Log(LogBatch batch) implements Delivery {}

    record Put(RunEvent.Artifact artifact) implements Delivery {}

    record End(RunEvent.Ended ended) implements Delivery {}

    /** The requests that bring these events over, with parameters, metrics and tags of a run merged. */
    static Deque<Delivery> plan(List<TrackingEvent> events) {
        Deque<Delivery> plan = new ArrayDeque<>();
        Map<String, LogBatch> open = new HashMap<>();
        for (TrackingEvent any : events) {
            if (!(any instanceof RunEvent event)) {
                continue;
            }
            if (event instanceof RunEvent.Started started) {
                plan.add(new CreateRun(started));
            } else if (event instanceof RunEvent.Artifact artifact) {
                plan.add(new Put(artifact));
            } else if (event instanceof RunEvent.Ended ended) {
                open.remove(ended.runId());
                plan.add(new End(ended));
            } else if (!open.computeIfAbsent(event.runId(), run -> opened(run, plan))
                    .add(event)) {
                LogBatch next = opened(event.runId(), plan);
                next.add(event);
                open.put(event.runId(), next);
            }
        }
        return plan;
    }

    private static LogBatch opened(String runId, Deque<Delivery> plan) {
        LogBatch batch = new LogBatch(runId);
        plan.add(new Log(batch));
        return batch;
    }
}

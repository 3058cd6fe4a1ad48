package dev.melancia.mlflow.upload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.tracking.RunJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Parameters, metrics and tags of one run, as many as the server takes in one request. Confined to one thread. */
final class LogBatch {

    private final String runId;
    private final List<RunEvent> events = new ArrayList<>();
    private final Set<String> params = new HashSet<>();
    private int tags;

    LogBatch(String runId) {
        this.runId = runId;
    }

    String runId() {
        return runId;
    }

    List<RunEvent> events() {
        return events;
    }

    /** Adds the event, or returns false when it needs another batch. */
    boolean add(RunEvent event) {
        if (events.size() == RunJson.MAX_ITEMS) {
            return false;
        }
        if (event instanceof RunEvent.Param param
                && (params.size() == RunJson.MAX_PARAMS || !params.add(param.key()))) {
            return false; // The same key twice in one request is refused, even with the same value.
        }
        if (event instanceof RunEvent.Tag && tags++ == RunJson.MAX_TAGS) {
            tags--;
            return false;
        }
        events.add(event);
        return true;
    }

    /** Two batches with half of the events each, in order; there must be at least two. */
    List<LogBatch> halves() {
        LogBatch first = new LogBatch(runId);
        LogBatch second = new LogBatch(runId);
        int middle = events.size() / 2;
        events.subList(0, middle).forEach(first::add);
        events.subList(middle, events.size()).forEach(second::add);
        return List.of(first, second);
    }

    /** Writes the items into the body of a request. Times come from the events, so that a repetition changes nothing. */
    void writeTo(ObjectNode body) {
        for (RunEvent event : events) {
            if (event instanceof RunEvent.Metric metric) {
                RunJson.addMetric(body, metric);
            } else if (event instanceof RunEvent.Param param) {
                RunJson.addParam(body, param.key(), param.value());
            } else if (event instanceof RunEvent.Tag tag) {
                RunJson.addTag(body, tag.key(), tag.value());
            }
        }
    }
}

package dev.melancia.mlflow.upload;

import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.event.TraceEvent;
import dev.melancia.mlflow.event.TrackingEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns events into few requests: parameters, metrics and tags of a run are merged, and spans of an experiment and run. The
 * order of each run is kept. The journals of several processes have no order between them, so that what one of them
 * recorded to a run may be read before the start that another one recorded: such a start is moved to the front, and
 * assessments to the end, behind the spans they are about.
 */
final class DeliveryPlan {

    private final List<Delivery> early = new ArrayList<>();
    private final List<Delivery> plan = new ArrayList<>();
    private final List<Delivery> late = new ArrayList<>();
    private final Map<String, LogBatch> openLogs = new HashMap<>();
    private final Map<SpanBatch.Owner, SpanBatch> openTraces = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final Map<TagOf, RunEvent.Tag> newestTags = new HashMap<>();

    private record TagOf(String runId, String key) {}

    Deque<Delivery> of(List<TrackingEvent> events) {
        for (TrackingEvent event : events) {
            if (event instanceof RunEvent run) {
                add(run);
            } else if (event instanceof TraceEvent trace) {
                add(trace);
            }
        }
        early.addAll(plan);
        early.addAll(late);
        return new ArrayDeque<>(early);
    }

    private void add(RunEvent event) {
        if (event instanceof RunEvent.Started started) {
            (seen.contains(started.runId()) ? early : plan).add(new Delivery.CreateRun(started));
            return;
        }
        seen.add(event.runId());
        if (event instanceof RunEvent.Artifact artifact) {
            plan.add(new Delivery.Put(artifact));
        } else if (event instanceof RunEvent.Dataset dataset) {
            plan.add(new Delivery.Input(dataset));
        } else if (event instanceof RunEvent.Nested nested) {
            seen.add(nested.parentRunId());
            plan.add(new Delivery.Nest(nested));
        } else if (event instanceof RunEvent.Resumed resumed) {
            openLogs.remove(resumed.runId());
            plan.add(new Delivery.Resume(resumed));
        } else if (event instanceof RunEvent.Ended ended) {
            openLogs.remove(ended.runId());
            plan.add(new Delivery.End(ended));
        } else {
            log(event instanceof RunEvent.Tag tag ? newest(tag) : event);
        }
    }

    /** An older value that is read behind a newer one must not replace it: the newer one goes in its place. */
    private RunEvent.Tag newest(RunEvent.Tag tag) {
        return newestTags.merge(
                new TagOf(tag.runId(), tag.key()),
                tag,
                (before, now) -> now.at().isBefore(before.at()) ? before : now);
    }

    private void log(RunEvent event) {
        LogBatch open = openLogs.get(event.runId());
        if (open == null || !open.add(event)) {
            LogBatch next = new LogBatch(event.runId());
            next.add(event);
            openLogs.put(event.runId(), next);
            plan.add(new Delivery.Log(next));
        }
    }

    private void add(TraceEvent event) {
        event.target().runId().ifPresent(seen::add);
        if (event instanceof TraceEvent.Spans spans) {
            SpanBatch.Owner owner = SpanBatch.Owner.of(spans);
            SpanBatch open = openTraces.get(owner);
            if (open == null || !open.add(spans)) {
                SpanBatch next = new SpanBatch(owner);
                next.add(spans);
                openTraces.put(owner, next);
                plan.add(new Delivery.Trace(next));
            }
        } else if (event instanceof TraceEvent.Assessed assessed) {
            late.add(new Delivery.Assess(assessed));
        }
    }
}

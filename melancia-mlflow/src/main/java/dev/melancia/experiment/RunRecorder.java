package dev.melancia.experiment;

import dev.melancia.journal.JournalException;
import dev.melancia.mlflow.event.EventCodec;
import dev.melancia.mlflow.event.MetricPoint;
import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.event.RunOutcome;
import dev.melancia.mlflow.event.TraceEvent;
import dev.melancia.mlflow.event.TrackingEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Appends the events of one run, one call at a time, so that nothing stands behind its end and a parameter has one value.
 * What is waited for after that is waited for without the lock. Thread-safe.
 */
final class RunRecorder {

    private final RunParts parts;
    private final RunEvent.Started started;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, String> params = new HashMap<>();
    private final Map<String, Long> nextSteps = new HashMap<>();
    private RunStatus status = RunStatus.RUNNING;

    private RunRecorder(RunParts parts, RunEvent.Started started) {
        this.parts = parts;
        this.started = started;
    }

    /** Starts a run; what stands with the start is written in the same append. */
    static RunRecorder start(RunParts parts, RunEvent.Started started, List<? extends RunEvent> with) {
        RunRecorder recorder = new RunRecorder(parts, started);
        List<RunEvent> all = Stream.of(List.of(started), with, parts.originOf(started))
                .<RunEvent>flatMap(List::stream)
                .toList();
        recorder.append(all);
        recorder.awaitBegin(all);
        return recorder;
    }

    /** Goes on with a run as the store has it. */
    static RunRecorder resume(RunParts parts, ResumableRun run) {
        RunEvent.Started started = run.started();
        RunRecorder recorder = new RunRecorder(parts, started);
        recorder.params.putAll(run.params());
        recorder.nextSteps.putAll(run.nextSteps());
        List<RunEvent> events = List.of(new RunEvent.Resumed(started.runId(), parts.now(), started.experiment()));
        recorder.append(events);
        recorder.awaitBegin(events);
        return recorder;
    }

    /** The caller gets no run to end when this throws. */
    private void awaitBegin(List<? extends RunEvent> events) {
        try {
            await(events);
        } catch (NotDeliveredException failure) {
            try {
                append(List.of(new RunEvent.Ended(started.runId(), now(), RunOutcome.KILLED)));
            } catch (RuntimeException again) {
                failure.addSuppressed(again);
            }
            throw failure;
        }
    }

    RunEvent.Started started() {
        return started;
    }

    RunParts parts() {
        return parts;
    }

    Instant now() {
        return parts.now();
    }

    RunStatus status() {
        lock.lock();
        try {
            return status;
        } finally {
            lock.unlock();
        }
    }

    /** Throws when the run has ended; for work that should not be begun in vain. */
    void requireRunning(String what, String key) {
        record(what, key, List::of);
    }

    void append(String what, String key, List<? extends RunEvent> events) {
        record(what, key, () -> append(events));
    }

    /** As {@link #append}, without the wait for the server: see {@link #await}. */
    void write(String what, String key, List<? extends TrackingEvent> events) {
        record(what, key, () -> {
            append(events);
            return List.of();
        });
    }

    /** A synchronous tracker does not wait for these: a server takes hundreds of them with one request. */
    void traced(String traceId, List<TraceEvent> events) {
        write("trace", traceId, events);
    }

    /** Waits for what was recorded, in a synchronous tracker. */
    void await(List<? extends RunEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        try {
            parts.acknowledgement().await(started, events);
        } catch (NotDeliveredException failure) {
            throw failure.of(started.runId());
        }
    }

    void params(List<RunEvent.Param> events) {
        record("parameter", keys(events.stream().map(RunEvent.Param::key)), () -> {
            List<RunEvent.Param> fresh = new ArrayList<>();
            Map<String, String> known = new HashMap<>(params);
            for (RunEvent.Param event : events) {
                String before = known.putIfAbsent(event.key(), event.value());
                if (before == null) {
                    fresh.add(event);
                } else if (!before.equals(event.value())) {
                    throw new IllegalArgumentException("parameter \"" + event.key() + "\" of run \"" + started.name()
                            + "\" must not change, was \"" + shown(before) + "\", now \"" + shown(event.value())
                            + "\"; use another key, or a metric for what changes");
                }
            }
            return append(fresh, set -> set.forEach(event -> params.put(event.key(), event.value())));
        });
    }

    void metric(RunEvent.Metric event) {
        record("metric", event.key(), () -> appendMetrics(List.of(event)));
    }

    /** Each at its next step. */
    void metrics(Map<String, Double> values) {
        record("metric", keys(values.keySet().stream()), () -> {
            Instant now = now();
            return appendMetrics(values.entrySet().stream()
                    .map(entry -> atNextStep(entry.getKey(), entry.getValue(), now))
                    .toList());
        });
    }

    void end(RunOutcome outcome, List<? extends RunEvent> before) {
        RunEvent ended = new RunEvent.Ended(started.runId(), now(), outcome);
        record("outcome", outcome.name(), () -> {
            List<RunEvent> events = append(
                    Stream.<RunEvent>concat(before.stream(), Stream.of(ended)).toList());
            status = RunStatus.of(outcome);
            return events;
        });
    }

    /** Ends the run when it has not ended. */
    void close() {
        boolean running;
        lock.lock();
        try {
            running = status == RunStatus.RUNNING;
        } finally {
            lock.unlock();
        }
        if (running) {
            end(RunOutcome.FINISHED, List.of());
        }
    }

    private RunEvent.Metric atNextStep(String key, double value, Instant now) {
        long step = nextSteps.getOrDefault(key, 0L);
        return new RunEvent.Metric(started.runId(), key, new MetricPoint(value, step, now));
    }

    private List<RunEvent.Metric> appendMetrics(List<RunEvent.Metric> events) {
        return append(events, this::advance);
    }

    private void advance(List<RunEvent.Metric> recorded) {
        for (RunEvent.Metric event : recorded) {
            nextSteps.merge(event.key(), MetricFold.after(event.point().step()), Math::max);
        }
    }

    private void record(String what, String key, Supplier<List<? extends RunEvent>> action) {
        List<? extends RunEvent> events;
        lock.lock();
        try {
            if (status != RunStatus.RUNNING) {
                throw new IllegalStateException("run \"" + started.name() + "\" (" + started.runId() + ") is " + status
                        + "; " + what + " \"" + shown(key) + "\" was not recorded");
            }
            events = action.get();
        } finally {
            lock.unlock();
        }
        await(events);
    }

    private <E extends TrackingEvent> List<E> append(List<E> events) {
        return append(events, recorded -> {});
    }

    /** What follows from the events follows also from those that a disk took before it was full. */
    private <E extends TrackingEvent> List<E> append(List<E> events, Consumer<List<E>> consequence) {
        try {
            parts.journal().appendAll(events.stream().map(EventCodec::encode).toList());
        } catch (JournalException failure) {
            List<E> recorded = events.subList(0, failure.recorded());
            consequence.accept(recorded);
            String names = recorded.isEmpty()
                    ? ""
                    : "; recorded, and not to be repeated: "
                            + keys(recorded.stream().map(RunRecorder::nameOf));
            throw new ExperimentStoreException(failure.getMessage() + names, failure);
        }
        consequence.accept(events);
        return events;
    }

    private static String nameOf(TrackingEvent event) {
        if (event instanceof RunEvent.Metric metric) {
            return metric.key();
        } else if (event instanceof RunEvent.Param param) {
            return param.key();
        } else if (event instanceof RunEvent.Tag tag) {
            return tag.key();
        } else if (event instanceof RunEvent.Artifact artifact) {
            return artifact.path();
        }
        return event instanceof RunEvent.Started ? "the start" : event instanceof TraceEvent.Spans ? "spans" : "others";
    }

    private static String keys(Stream<String> keys) {
        return keys.collect(Collectors.joining(", "));
    }

    private static String shown(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }
}

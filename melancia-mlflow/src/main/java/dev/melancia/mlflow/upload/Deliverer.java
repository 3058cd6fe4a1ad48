package dev.melancia.mlflow.upload;

import dev.melancia.mlflow.event.ArtifactFolder;
import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.rest.MlflowException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the requests of a plan one after the other. What the server refuses is narrowed down to the single item and set
 * aside; every other failure is thrown, with the request still at the head of the plan. Confined to one thread.
 */
final class Deliverer {

    private final UploadRequests client;
    private final Path store;
    private final UploadCounters counters;
    private final RejectedEvents rejected;
    private final Map<String, String> experiments = new HashMap<>();
    private @Nullable Delivery inConflict;

    Deliverer(UploadRequests client, Path store, UploadCounters counters, RejectedEvents rejected) {
        this.client = client;
        this.store = store;
        this.counters = counters;
        this.rejected = rejected;
    }

    /** Makes the first request of the plan and takes it off. */
    void next(Deque<Delivery> plan, UploadState state) {
        Delivery delivery = plan.getFirst();
        try {
            if (delivery instanceof Delivery.CreateRun create) {
                create(create.started(), state);
            } else if (delivery instanceof Delivery.Log log) {
                log(log.batch(), state);
            } else if (delivery instanceof Delivery.Put put) {
                put(put.artifact(), state);
            } else if (delivery instanceof Delivery.End end) {
                end(end.ended(), state);
            }
            plan.removeFirst();
        } catch (MlflowException failure) {
            refused(failure, plan, state);
        }
    }

    private void create(RunEvent.Started started, UploadState state) {
        if (!state.openRuns().containsKey(started.runId())) {
            String experiment = experiments.get(started.experiment());
            if (experiment == null) {
                experiment = client.experiment(started.experiment());
                experiments.put(started.experiment(), experiment);
            }
            state.openRuns().put(started.runId(), client.createRun(experiment, started));
        }
        counters.delivered.incrementAndGet();
    }

    private void log(LogBatch batch, UploadState state) {
        UploadedRun run = open(batch.runId(), batch.events(), state);
        if (run != null) {
            client.log(run, batch);
            counters.delivered.addAndGet(batch.events().size());
        }
    }

    private void put(RunEvent.Artifact artifact, UploadState state) {
        UploadedRun run = open(artifact.runId(), List.of(artifact), state);
        if (run == null) {
            return;
        }
        Path file = ArtifactFolder.file(store, artifact);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            rejected.setAside(artifact, "the file is gone", file.toString());
        } else if (!UploadRequests.takesArtifacts(run)) {
            rejected.setAside(artifact, "artifacts of this run do not go through the server", run.artifactUri());
        } else {
            client.put(run, artifact.path(), file);
            counters.delivered.incrementAndGet();
        }
    }

    private void end(RunEvent.Ended ended, UploadState state) {
        UploadedRun run = open(ended.runId(), List.of(ended), state);
        if (run != null) {
            client.end(run, ended);
            state.openRuns().remove(ended.runId());
            counters.delivered.incrementAndGet();
        } else {
            state.refusedRuns().remove(ended.runId());
        }
    }

    /** The server's run, or null when there is none: its events are set aside then. */
    private @Nullable UploadedRun open(String runId, List<RunEvent> events, UploadState state) {
        UploadedRun run = state.openRuns().get(runId);
        if (run == null && state.refusedRuns().contains(runId)) {
            rejected.skip(events.size());
        } else if (run == null) {
            events.forEach(event -> rejected.setAside(event, "the start of its run is not in the journal", ""));
        }
        return run;
    }

    private void refused(MlflowException failure, Deque<Delivery> plan, UploadState state) {
        Delivery delivery = plan.getFirst();
        boolean again = failure.kind() == MlflowException.Kind.CONFLICT && delivery.equals(inConflict);
        inConflict = failure.kind() == MlflowException.Kind.CONFLICT ? delivery : null;
        if (failure.kind() != MlflowException.Kind.REJECTED && !again) {
            throw failure;
        }
        inConflict = null;
        if (delivery instanceof Delivery.Log log) {
            refusedBatch(log.batch(), failure, plan, state);
            return;
        }
        if (delivery instanceof Delivery.CreateRun create) {
            experiments.remove(create.started().experiment());
            state.refusedRuns().add(create.started().runId());
            rejected.setAside(create.started(), reason(failure), failure.serverMessage());
        } else if (delivery instanceof Delivery.Put put) {
            rejected.setAside(put.artifact(), reason(failure), failure.serverMessage());
        } else if (delivery instanceof Delivery.End end) {
            state.openRuns().remove(end.ended().runId());
            rejected.setAside(end.ended(), reason(failure), failure.serverMessage());
        }
        plan.removeFirst();
    }

    private void refusedBatch(LogBatch batch, MlflowException failure, Deque<Delivery> plan, UploadState state) {
        UploadedRun run = state.openRuns().get(batch.runId());
        if (run != null && !client.accepts(run)) {
            rejected.setAside(batch.events().get(0), "the run is deleted on the server", failure.serverMessage());
            rejected.skip(batch.events().size() - 1L);
            state.openRuns().remove(batch.runId());
            state.refusedRuns().add(batch.runId());
            plan.removeFirst();
        } else if (batch.events().size() == 1) {
            rejected.setAside(batch.events().get(0), reason(failure), failure.serverMessage());
            plan.removeFirst();
        } else {
            plan.removeFirst();
            List<LogBatch> halves = batch.halves();
            plan.addFirst(new Delivery.Log(halves.get(1)));
            plan.addFirst(new Delivery.Log(halves.get(0)));
        }
    }

    private static String reason(MlflowException failure) {
        return String.valueOf(failure.getMessage());
    }
}

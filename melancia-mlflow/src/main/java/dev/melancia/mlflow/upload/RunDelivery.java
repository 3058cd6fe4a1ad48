package dev.melancia.mlflow.upload;

import dev.melancia.mlflow.event.ArtifactFolder;
import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.rest.MlflowException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the requests about runs. Every failure is thrown, except that of a run there is not. Confined to one thread. */
final class RunDelivery {

    static final String DELETED = "the run is deleted on the server";

    private final UploadServer server;
    private final Path store;
    private final ServerRuns runs;
    private final RunCreation creation;
    private final RejectedEvents rejected;

    RunDelivery(UploadServer server, Path store, ServerRuns runs, RunCreation creation, RejectedEvents rejected) {
        this.server = server;
        this.store = store;
        this.runs = runs;
        this.creation = creation;
        this.rejected = rejected;
    }

    /** Makes the request; false when the events were set aside instead. */
    boolean perform(Delivery.OfRun delivery) {
        if (delivery instanceof Delivery.CreateRun create) {
            return create(create.started());
        } else if (delivery instanceof Delivery.Resume resume) {
            return resume(resume.resumed());
        }
        UploadedRun run = open(delivery);
        if (run == null) {
            return false;
        } else if (delivery instanceof Delivery.Put put) {
            return put(put.artifact(), run);
        } else if (delivery instanceof Delivery.Nest nest) {
            return nest(nest.nested(), run);
        } else if (delivery instanceof Delivery.Log log) {
            server.runs().log(run, log.batch());
        } else if (delivery instanceof Delivery.Input input) {
            server.runs().input(run, input.dataset().dataset());
        } else if (delivery instanceof Delivery.End end) {
            end(end.ended(), run);
        }
        return true;
    }

    private boolean create(RunEvent.Started started) {
        if (!runs.isOpen(started.runId())) {
            UploadedRun run = server.experiments().with(started.experiment(), id -> creation.start(id, started));
            runs.opened(started.runId(), run);
        }
        return true;
    }

    private boolean resume(RunEvent.Resumed resumed) {
        if (runs.superseded(resumed)) {
            return true;
        }
        UploadedRun run = runs.known(resumed.runId());
        if (run == null) {
            run = server.experiments().with(resumed.experiment(), id -> creation.resume(id, resumed));
        }
        server.runs().resume(run);
        runs.opened(resumed.runId(), run);
        runs.turned(resumed);
        return true;
    }

    private boolean nest(RunEvent.Nested nested, UploadedRun run) {
        UploadedRun parent = parent(nested.parentRunId());
        if (parent == null) {
            rejected.setAside(nested, "its parent is neither in the journal nor on the server", "");
            return false;
        }
        server.runs().tag(run, "mlflow.parentRunId", parent.id());
        return true;
    }

    private @Nullable UploadedRun parent(String runId) {
        try {
            return runs.find(runId, Optional.empty());
        } catch (MlflowException failure) {
            if (failure.kind() == MlflowException.Kind.REJECTED) {
                return null;
            }
            throw failure;
        }
    }

    private boolean put(RunEvent.Artifact artifact, UploadedRun run) {
        Path file = ArtifactFolder.file(store, artifact);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            rejected.setAside(artifact, "the file is gone", file.toString());
            return false;
        }
        server.runs().put(run, artifact.path(), file);
        return true;
    }

    private void end(RunEvent.Ended ended, UploadedRun run) {
        if (runs.superseded(ended)) {
            return;
        }
        if (!run.doubtfulIn().isEmpty()) {
            creation.removeTwins(ended.runId(), run);
        }
        server.runs().end(run, ended);
        runs.ended(ended.runId(), run);
        runs.turned(ended);
    }

    /** The server's run, or null when there is none: its events are set aside then. */
    private @Nullable UploadedRun open(Delivery.OfRun delivery) {
        try {
            UploadedRun run = runs.find(delivery.runId(), Optional.empty());
            if (run == null && runs.refused(delivery.runId())) {
                rejected.skip(delivery.events().size());
            } else if (run == null) {
                String reason = "the start of its run is neither in the journal nor on the server";
                delivery.events().forEach(event -> rejected.setAside(event, reason, ""));
            }
            return run;
        } catch (MlflowException failure) {
            if (failure.kind() != MlflowException.Kind.REJECTED) {
                throw failure;
            }
            refuse(delivery, failure);
            return null;
        }
    }

    /** Sets aside the whole run: its first event is kept, the others are counted. */
    void refuse(Delivery.OfRun delivery, MlflowException failure) {
        rejected.setAside(delivery.events().get(0), DELETED, failure.serverMessage());
        rejected.skip(delivery.events().size() - 1L);
        runs.refuse(delivery.runId());
    }
}

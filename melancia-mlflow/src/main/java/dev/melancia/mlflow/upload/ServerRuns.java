package dev.melancia.mlflow.upload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.rest.MlflowException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server's runs by our ids: those that are open, those used lately, and whatever the server finds by our tag. Bounded,
 * since everything can be found again. Confined to one thread.
 */
final class ServerRuns {

    private static final int MOST = 1000;

    private final UploadServer server;
    private final UploadState state;
    private final BoundedMap<UploadedRun> ended = new BoundedMap<>(MOST);
    private final BoundedMap<Boolean> unknown = new BoundedMap<>(MOST);

    ServerRuns(UploadServer server, UploadState state) {
        this.server = server;
        this.state = state;
    }

    /**
     * The run, or null when the server has none with this id.
     *
     * @param experiment where to look first
     * @throws MlflowException also when it is deleted
     */
    @Nullable
    UploadedRun find(String runId, Optional<String> experiment) {
        UploadedRun known = known(runId);
        if (known != null || unknown.containsKey(runId) || refused(runId)) {
            return known;
        }
        Optional<JsonNode> found = experiment.flatMap(name ->
                server.experiments().with(name, id -> server.search().in(id, runId)));
        if (found.isEmpty()) {
            found = server.search().everywhere(runId);
        }
        if (found.isEmpty()) {
            unknown.put(runId, true);
            return null;
        }
        UploadedRun run = RunFinder.uploaded(found.get());
        ended.put(runId, run);
        return run;
    }

    @Nullable
    UploadedRun known(String runId) {
        UploadedRun open = state.openRuns().get(runId);
        return open != null ? open : ended.get(runId);
    }

    boolean isOpen(String runId) {
        return state.openRuns().containsKey(runId);
    }

    void opened(String runId, UploadedRun run) {
        state.openRuns().put(runId, run);
        state.refusedRuns().remove(runId);
        ended.remove(runId);
        unknown.remove(runId);
    }

    void ended(String runId, UploadedRun run) {
        state.openRuns().remove(runId);
        ended.put(runId, new UploadedRun(run.id(), run.artifactUri(), ""));
    }

    /**
     * Whether the run was resumed or ended later than this. Processes that follow each other in one run write journals without
     * an order between them, so that the end of the first may be read behind the end of the last.
     */
    boolean superseded(RunEvent event) {
        Instant last = state.turns().get(event.runId());
        return last != null && event.at().isBefore(last);
    }

    void turned(RunEvent event) {
        if (event instanceof RunEvent.Resumed || state.turns().containsKey(event.runId())) {
            state.turns().put(event.runId(), event.at());
        }
    }

    /** The server takes nothing of this run. */
    void refuse(String runId) {
        state.openRuns().remove(runId);
        ended.remove(runId);
        state.refusedRuns().put(runId, true);
    }

    boolean refused(String runId) {
        return state.refusedRuns().containsKey(runId);
    }
}

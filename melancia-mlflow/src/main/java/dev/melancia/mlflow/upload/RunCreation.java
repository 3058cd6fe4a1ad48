package dev.melancia.mlflow.upload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.rest.MlflowException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one run of one start. The server has no key for that: two creations are two runs.
 *
 * <p>So a run is looked for by its tag first. That is not enough after a creation without an answer: a server that hung may
 * still carry it out, behind our search. Therefore the search is made again after a pause that begins once the server
 * answers; and a run that was created after all that is looked at once more when it ends, and an empty twin is deleted
 * (which can be undone on the server). What remains is a twin that comes into being later than the end of the run.
 */
final class RunCreation {

    private static final Logger LOG = LoggerFactory.getLogger(RunCreation.class);

    private final RunRequests requests;
    private final RunFinder search;
    private final CreationDoubt doubt;
    private final UploadSignal signal;
    private final Duration settling;

    /** @param settling how long a server that answers again may take for what it was asked before */
    RunCreation(UploadServer server, CreationDoubt doubt, UploadSignal signal, Duration settling) {
        this.requests = server.runs();
        this.search = server.search();
        this.doubt = doubt;
        this.signal = signal;
        this.settling = settling;
    }

    UploadedRun start(String experimentId, RunEvent.Started started) {
        Optional<JsonNode> found = find(experimentId, started.runId());
        if (found.isEmpty()) {
            return create(experimentId, started.runId(), started.name(), started.at());
        }
        UploadedRun run = RunFinder.uploaded(found.get());
        if (found.get().path("info").path("run_name").asText().equals(unnamed(started.runId()))) {
            requests.rename(run, started.name());
        }
        return run;
    }

    /** A run whose start stands in another folder, which is not delivered yet: that delivery will find this run. */
    UploadedRun resume(String experimentId, RunEvent.Resumed resumed) {
        return find(experimentId, resumed.runId())
                .map(RunFinder::uploaded)
                .orElseGet(() -> create(experimentId, resumed.runId(), unnamed(resumed.runId()), resumed.at()));
    }

    private Optional<JsonNode> find(String experimentId, String runId) {
        Optional<JsonNode> found = search.in(experimentId, runId);
        if (found.isEmpty() && doubt.about(runId)) {
            settle();
            found = search.in(experimentId, runId);
        }
        if (found.isPresent() && doubt.about(runId)) {
            doubt.end();
        }
        return found;
    }

    private UploadedRun create(String experimentId, String runId, String name, Instant at) {
        boolean doubtful = doubt.about(runId);
        doubt.begin(runId);
        UploadedRun run;
        try {
            run = requests.create(experimentId, runId, name, at);
        } catch (MlflowException failure) {
            if (!doubtful && !failure.outcomeUnknown()) {
                doubt.end();
            }
            throw failure;
        }
        doubt.end();
        return new UploadedRun(run.id(), run.artifactUri(), doubtful ? experimentId : "");
    }

    /** Deletes what a late creation left, if it is empty. */
    void removeTwins(String runId, UploadedRun run) {
        for (JsonNode other : search.all(List.of(run.doubtfulIn()), runId)) {
            JsonNode data = other.path("data");
            String id = other.path("info").path("run_id").asText();
            boolean empty =
                    data.path("metrics").isEmpty() && data.path("params").isEmpty();
            if (empty && !id.isEmpty() && !id.equals(run.id()) && !RunFinder.deleted(other)) {
                requests.delete(id);
                LOG.atInfo()
                        .addKeyValue("run", runId)
                        .addKeyValue("deleted", id)
                        .log("the server carried out a creation late; the empty second run is deleted");
            }
        }
    }

    private void settle() {
        try {
            signal.pause(settling, Long.MAX_VALUE);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CancellationException("stopped while the server settles");
        }
        if (signal.stopped()) {
            throw new CancellationException("stopped while the server settles");
        }
    }

    private static String unnamed(String runId) {
        return "resumed " + runId.substring(0, 8);
    }
}

package dev.melancia.experiment;

import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.upload.MlflowUploader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Waits until the server took the events, or says why it did not. Thread-safe. */
final class ServerAcknowledgement implements Acknowledgement {

    private final MlflowUploader uploader;
    private final RefusedEvents refused;
    private final Duration limit;
    private final Set<String> goneRuns = ConcurrentHashMap.newKeySet();

    ServerAcknowledgement(MlflowUploader uploader, Duration limit) {
        this.uploader = uploader;
        this.refused = new RefusedEvents(uploader.setAsideFolder());
        this.limit = limit;
    }

    @Override
    public void await(RunEvent.Started run, List<? extends RunEvent> events) {
        String first = named(events.get(0), run);
        if (!uploader.flush(limit)) {
            String why = uploader.stats().problem().orElse("no answer within " + limit);
            throw NotDeliveredException.late(first, why);
        }
        Optional<Map.Entry<RunEvent, RefusedEvents.Refusal>> found = refused.firstOf(events);
        if (found.isPresent()) {
            RefusedEvents.Refusal refusal = found.get().getValue();
            if (ofWholeRun(found.get().getKey(), refusal)) {
                goneRuns.add(run.runId());
            }
            throw NotDeliveredException.refused(
                    named(found.get().getKey(), run), refusal.reason(), refusal.serverMessage());
        }
        if (events.get(0) instanceof RunEvent.Resumed) {
            goneRuns.remove(run.runId()); // It was restored on the server.
        }
        if (goneRuns.contains(run.runId())) {
            throw NotDeliveredException.refused(first, "the run as a whole was refused before", "");
        }
    }

    /** After such a refusal the uploader passes over the run's further events without keeping them. */
    private static boolean ofWholeRun(RunEvent event, RefusedEvents.Refusal refusal) {
        return event instanceof RunEvent.Started || MlflowUploader.standsForItsRun(refusal.reason());
    }

    private static String named(RunEvent event, RunEvent.Started run) {
        String of = " of run \"" + run.name() + '"';
        if (event instanceof RunEvent.Metric metric) {
            return "metric \"" + metric.key() + '"' + of;
        } else if (event instanceof RunEvent.Param param) {
            return "parameter \"" + param.key() + '"' + of;
        } else if (event instanceof RunEvent.Tag tag) {
            return "tag \"" + tag.key() + '"' + of;
        } else if (event instanceof RunEvent.Artifact artifact) {
            return "artifact \"" + artifact.path() + '"' + of;
        } else if (event instanceof RunEvent.Dataset dataset) {
            return "dataset \"" + dataset.dataset().name() + '"' + of;
        } else if (event instanceof RunEvent.Ended) {
            return "the end" + of;
        }
        return "the start" + of + " in experiment \"" + run.experiment() + '"';
    }
}

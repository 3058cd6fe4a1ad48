package dev.melancia.mlflow.upload;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.mlflow.event.TraceEvent;
import dev.melancia.mlflow.event.TraceTarget;
import dev.melancia.mlflow.rest.MlflowException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the requests about traces. Confined to one thread. */
final class TraceDelivery {

    private final UploadServer server;
    private final ServerRuns runs;
    private final RejectedEvents rejected;

    /** Until the first stretch of the journal is through, which an uploader before this one may have delivered in part. */
    private boolean again = true;

    TraceDelivery(UploadServer server, ServerRuns runs, RejectedEvents rejected) {
        this.server = server;
        this.runs = runs;
        this.rejected = rejected;
    }

    /** What comes from now on was not delivered before. */
    void beginNew() {
        again = false;
    }

    /** Makes the request; the number of events that were delivered. */
    int perform(Delivery.OfTraces delivery) {
        if (delivery instanceof Delivery.Trace trace) {
            return send(trace.batch());
        } else if (delivery instanceof Delivery.Assess assess) {
            return assess(assess.assessed());
        }
        return 0;
    }

    private int send(SpanBatch batch) {
        String experiment = batch.owner().experiment();
        Optional<UploadedRun> run = run(batch.owner().runId(), experiment);
        List<ArrayNode> spans = new ArrayList<>();
        List<TraceEvent.Spans> broken = new ArrayList<>();
        for (TraceEvent.Spans event : batch.events()) {
            ArrayNode found = TraceRequests.resourceSpans(event);
            if (found == null) {
                broken.add(event);
            } else {
                spans.add(found);
            }
        }
        if (!spans.isEmpty()) {
            server.experiments().with(experiment, id -> server.traces().send(id, run, spans));
        }
        broken.forEach(event -> rejected.setAside(event, "it holds no OTLP/JSON resourceSpans", ""));
        return spans.size();
    }

    private int assess(TraceEvent.Assessed assessed) {
        TraceTarget target = assessed.target();
        ObjectNode assessment = TraceRequests.object(assessed);
        if (assessment.path("assessment_id").asText("").isEmpty()) {
            rejected.setAside(assessed, "it holds no assessment_id", "");
            return 0;
        }
        run(target.runId(), target.experiment())
                .ifPresent(run -> metadata(assessment).put("mlflow.assessment.sourceRunId", run.id()));
        server.traces().assess(target.traceId(), assessment, again);
        return 1;
    }

    private static ObjectNode metadata(ObjectNode assessment) {
        return assessment.path("metadata") instanceof ObjectNode there ? there : assessment.putObject("metadata");
    }

    /** A trace is worth more than its link: where the run is not to be had it goes without. */
    private Optional<UploadedRun> run(Optional<String> runId, String experiment) {
        if (runId.isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<UploadedRun> run = Optional.ofNullable(runs.find(runId.get(), Optional.of(experiment)));
            if (run.isEmpty()) {
                rejected.unlinked(runId.get());
            }
            return run;
        } catch (MlflowException failure) {
            if (failure.kind() != MlflowException.Kind.REJECTED) {
                throw failure;
            }
            rejected.unlinked(runId.get());
            return Optional.empty();
        }
    }
}

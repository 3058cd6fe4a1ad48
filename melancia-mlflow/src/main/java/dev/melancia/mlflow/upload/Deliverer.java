package dev.melancia.mlflow.upload;

import dev.melancia.mlflow.event.TraceEvent;
import dev.melancia.mlflow.rest.MlflowException;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the requests of a plan one after the other. What the server refuses is narrowed down to the single item and set
 * aside; every other failure is thrown, with the request still at the head of the plan. Confined to one thread.
 */
final class Deliverer {

    /** Answers 500 in a row after which spans are suspected rather than the server. */
    private static final int SUSPICIOUS = 5;

    private final UploadServer server;
    private final ServerRuns runs;
    private final RunDelivery runDelivery;
    private final TraceDelivery traceDelivery;
    private final UploadCounters counters;
    private final RejectedEvents rejected;
    private @Nullable Delivery inConflict;
    private int brokenInARow;

    Deliverer(UploadParts parts, ServerRuns runs, RunDelivery runDelivery) {
        this.server = parts.server();
        this.runs = runs;
        this.runDelivery = runDelivery;
        this.traceDelivery = new TraceDelivery(server, runs, parts.rejected());
        this.counters = parts.counters();
        this.rejected = parts.rejected();
    }

    /** Makes the first request of the plan and takes it off; whether the server accepted something. */
    boolean next(Deque<Delivery> plan) {
        Delivery delivery = plan.getFirst();
        boolean known = delivery instanceof Delivery.CreateRun start && runs.isOpen(start.runId());
        try {
            int delivered = perform(delivery);
            counters.delivered.addAndGet(delivered);
            plan.removeFirst();
            brokenInARow = 0;
            return delivered > 0 && !known;
        } catch (MlflowException failure) {
            failed(delivery, failure, plan);
            return false;
        }
    }

    /** A stretch of the journal is delivered and that is remembered. */
    void remembered() {
        traceDelivery.beginNew();
    }

    private int perform(Delivery delivery) {
        if (delivery instanceof Delivery.OfRun run) {
            return runDelivery.perform(run) ? delivery.events().size() : 0;
        }
        return delivery instanceof Delivery.OfTraces traces ? traceDelivery.perform(traces) : 0;
    }

    /** The delivery stays at the head of the plan until it is set aside: a full disk must not lose it. */
    private void failed(Delivery delivery, MlflowException failure, Deque<Delivery> plan) {
        boolean conflict = failure.kind() == MlflowException.Kind.CONFLICT;
        boolean again = conflict && delivery.equals(inConflict);
        inConflict = conflict ? delivery : null;
        if (failure.kind() != MlflowException.Kind.REJECTED && !again && !poisonous(delivery, failure)) {
            throw failure;
        }
        if (delivery instanceof Delivery.Log log && runIsGone(log)) {
            runDelivery.refuse(log, failure);
            plan.removeFirst();
        } else if (delivery.events().size() > 1) {
            plan.removeFirst();
            halves(delivery).forEach(plan::addFirst);
        } else {
            refused(delivery, failure);
            plan.removeFirst();
        }
        inConflict = null;
    }

    /**
     * Whether the server breaks on what it was sent: some spans are answered 500 for ever, such as a time beyond 64 bits, and
     * a server from before traces knows no such page. Nobody behind them should have to wait as long. Many are sent as fewer
     * at once; a single one is given up when the server takes other things.
     */
    private boolean poisonous(Delivery delivery, MlflowException failure) {
        boolean suspect = failure.status() == 500 || failure.status() == 404 || failure.status() == 405;
        if (!suspect || !(delivery instanceof Delivery.OfTraces)) {
            brokenInARow = 0;
            return false;
        }
        brokenInARow++;
        if (brokenInARow < SUSPICIOUS) {
            return false;
        }
        TraceEvent first = (TraceEvent) delivery.events().get(0);
        if (delivery.events().size() == 1) {
            server.experiments().with(first.target().experiment(), server.traces()::probe);
        }
        return true;
    }

    private boolean runIsGone(Delivery.Log log) {
        UploadedRun run = runs.known(log.runId());
        return run != null && !server.runs().accepts(run);
    }

    private void refused(Delivery delivery, MlflowException failure) {
        rejected.setAside(delivery.events().get(0), String.valueOf(failure.getMessage()), failure.serverMessage());
        if (delivery instanceof Delivery.CreateRun || delivery instanceof Delivery.Resume) {
            runs.refuse(((Delivery.OfRun) delivery).runId());
        }
    }

    /** Second half first, as each is put to the head of the plan. */
    private static List<Delivery> halves(Delivery delivery) {
        if (delivery instanceof Delivery.Log log) {
            List<LogBatch> halves = log.batch().halves();
            return List.of(new Delivery.Log(halves.get(1)), new Delivery.Log(halves.get(0)));
        } else if (delivery instanceof Delivery.Trace trace) {
            List<SpanBatch> halves = trace.batch().halves();
            return List.of(new Delivery.Trace(halves.get(1)), new Delivery.Trace(halves.get(0)));
        }
        throw new IllegalStateException("a request with one event has no halves");
    }
}

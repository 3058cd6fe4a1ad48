package dev.melancia.mlflow.upload;

import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.event.TraceEvent;
import dev.melancia.mlflow.event.TrackingEvent;
import java.util.Deque;
import java.util.List;

/** One request to make. */
sealed interface Delivery {

    /** What it brings over, at least one. */
    List<? extends TrackingEvent> events();

    /** A request about a run. */
    sealed interface OfRun extends Delivery {

        default String runId() {
            return ((RunEvent) events().get(0)).runId();
        }
    }

    /** A request about traces. */
    sealed interface OfTraces extends Delivery {}

    record CreateRun(RunEvent.Started started) implements OfRun {
        @Override
        public List<RunEvent> events() {
            return List.of(started);
        }
    }

    record Resume(RunEvent.Resumed resumed) implements OfRun {
        @Override
        public List<RunEvent> events() {
            return List.of(resumed);
        }
    }

    record Nest(RunEvent.Nested nested) implements OfRun {
        @Override
        public List<RunEvent> events() {
            return List.of(nested);
        }
    }

    record Log(LogBatch batch) implements OfRun {
        @Override
        public List<RunEvent> events() {
            return batch.events();
        }
    }

    record Input(RunEvent.Dataset dataset) implements OfRun {
        @Override
        public List<RunEvent> events() {
            return List.of(dataset);
        }
    }

    record Put(RunEvent.Artifact artifact) implements OfRun {
        @Override
        public List<RunEvent> events() {
            return List.of(artifact);
        }
    }

    record End(RunEvent.Ended ended) implements OfRun {
        @Override
        public List<RunEvent> events() {
            return List.of(ended);
        }
    }

    record Trace(SpanBatch batch) implements OfTraces {
        @Override
        public List<TraceEvent.Spans> events() {
            return batch.events();
        }
    }

    record Assess(TraceEvent.Assessed assessed) implements OfTraces {
        @Override
        public List<TraceEvent> events() {
            return List.of(assessed);
        }
    }

    /** The requests that bring these events over; see {@link DeliveryPlan}. */
    static Deque<Delivery> plan(List<TrackingEvent> events) {
        return new DeliveryPlan().of(events);
    }
}

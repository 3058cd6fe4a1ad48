package dev.melancia.mlflow.upload;

import dev.melancia.mlflow.event.TraceEvent;
import dev.melancia.mlflow.trace.Traces;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Spans of one experiment and run, as many as go into one request. Confined to one thread. */
final class SpanBatch {

    /** What a request can be about: the headers name one experiment and at most one run. */
    record Owner(String experiment, Optional<String> runId) {
        static Owner of(TraceEvent event) {
            return new Owner(event.target().experiment(), event.target().runId());
        }
    }

    private final Owner owner;
    private final List<TraceEvent.Spans> events = new ArrayList<>();
    private long characters;

    SpanBatch(Owner owner) {
        this.owner = owner;
    }

    Owner owner() {
        return owner;
    }

    List<TraceEvent.Spans> events() {
        return events;
    }

    /** Adds the event, or returns false when it needs another batch. */
    boolean add(TraceEvent.Spans event) {
        int length = event.json().length();
        if (events.size() == Traces.MAX_TRACES || (!events.isEmpty() && characters + length > Traces.MAX_CHARACTERS)) {
            return false;
        }
        events.add(event);
        characters += length;
        return true;
    }

    /** Two batches with half of the events each, in order; there must be at least two. */
    List<SpanBatch> halves() {
        SpanBatch first = new SpanBatch(owner);
        SpanBatch second = new SpanBatch(owner);
        int middle = events.size() / 2;
        events.subList(0, middle).forEach(first::add);
        events.subList(middle, events.size()).forEach(second::add);
        return List.of(first, second);
    }
}

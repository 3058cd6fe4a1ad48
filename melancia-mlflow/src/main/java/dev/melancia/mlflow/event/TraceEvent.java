package dev.melancia.mlflow.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What happened to a trace, as one line of the journal. Immutable. All constructors throw IllegalArgumentException for
 * what breaks their rules.
 *
 * @since 0.1.0
 */
public sealed interface TraceEvent extends TrackingEvent {

    /** Longest JSON text, in characters: a line of the journal has at most 1 MiB. */
    int MAX_JSON = 300_000;

    /** Which trace is meant. */
    TraceTarget target();

    /** JSON text of the event. */
    String json();

    /**
     * Spans of the trace were recorded. Recording the same span again changes nothing.
     *
     * @param json an OTLP/JSON object with {@code resourceSpans}, on one line
     */
    record Spans(TraceTarget target, Instant at, String json) implements TraceEvent {
        public Spans {
            requireNonNull(target, "target");
            at = RunEventRules.time(at);
            RunEventRules.jsonObject("spans", json, MAX_JSON);
        }
    }

    /**
     * The trace was assessed by a person or a scorer.
     *
     * @param json MLflow's assessment object with an {@code assessment_id} of its own, on one line
     */
    record Assessed(TraceTarget target, Instant at, String json) implements TraceEvent {
        public Assessed {
            requireNonNull(target, "target");
            at = RunEventRules.time(at);
            RunEventRules.jsonObject("assessment", json, MAX_JSON);
        }
    }
}
